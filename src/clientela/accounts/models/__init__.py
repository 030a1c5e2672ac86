"""Tables of the accounts storey."""

from clientela.accounts.models.account import Account

__all__ = ["Account"]
