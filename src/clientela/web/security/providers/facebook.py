"""Facebook: who somebody is, by their id there. Its addresses prove nothing; our own mail does."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.facebook.provider import FacebookProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.conf import settings

from clientela.web.security.providers.oidc import callback_url

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest

DIALOG: Final = "https://www.facebook.com/v21.0/dialog/oauth"
GRAPH: Final = "https://graph.facebook.com/v21.0"


class FacebookAdapter(OAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """The conversation with Facebook. The secret and the code travel in bodies, not in addresses."""

    provider_id = "facebook"
    scope_delimiter = ","

    @property
    def authorize_url(self) -> str:
        """Where people are sent; a test has a Facebook of its own."""
        return str(getattr(settings, "FACEBOOK_DIALOG", DIALOG))

    @property
    def access_token_url(self) -> str:
        """Where the code is exchanged."""
        return f"{_graph()}/oauth/access_token"

    def get_callback_url(self, *_asked: object) -> str:
        """Our own address, whatever host the request claims."""
        return callback_url(self.provider_id)

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **kwargs: Any,  # noqa: ANN401, ARG002 -- allauth's signature
    ) -> SocialLogin:
        """Ask Facebook who it is, with the proof that it is we who ask."""
        proof = hmac.new(app.secret.encode(), token.token.encode(), hashlib.sha256).hexdigest()
        asked = {"fields": "id,name,email", "appsecret_proof": proof}
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                f"{_graph()}/me", params=asked, headers={"Authorization": f"Bearer {token.token}"}
            )
            answer.raise_for_status()
            try:
                said = answer.json()
            except ValueError as error:
                raise OAuth2Error("not an answer of Facebook") from error
        if not isinstance(said, dict) or not said.get("id"):
            raise OAuth2Error("nobody")
        return self.get_provider().sociallogin_from_response(request, said)


class Facebook(FacebookProvider):  # type: ignore[misc]  # likewise
    """What is asked of Facebook, and what is taken from its answer."""

    oauth2_adapter_class = FacebookAdapter
    pkce_enabled_default = True

    def get_scope_from_request(self, *_asked: object) -> list[str]:
        """The address as well; a link cannot ask for more."""
        return ["email", "public_profile"]

    def get_auth_params_from_request(self, *_asked: object) -> dict[str, str]:
        """Nothing that a link says."""
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Their id for our application."""
        return str(data["id"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only what the person is shown of the link."""
        return {"email": str(data.get("email") or "")}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Name and address for an account not yet made."""
        return {"email": data.get("email"), "name": data.get("name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, never proved."""
        email = data.get("email")
        return [EmailAddress(email=str(email), verified=False, primary=True)] if email else []


def _graph() -> str:
    return str(getattr(settings, "FACEBOOK_GRAPH", GRAPH))
