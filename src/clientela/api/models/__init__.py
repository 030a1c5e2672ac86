"""Tables of the API door."""

from clientela.api.models.api_token import ApiToken, TokenScope

__all__ = ["ApiToken", "TokenScope"]
