"""OpenID Connect, strictly: what allauth leaves to the transport is proved here by signatures.

State and PKCE are allauth's. Added are: the nonce; the signature, the issuer, the audience and the age of every
id token; one issuer in the discovery document; the `iss` of the answer (RFC 9207); a redirect address built from
the installation's own; and a userinfo answer that speaks of the same subject.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from clientela.web.security.providers.configured import Provider, provider_of
from clientela.web.security.providers.id_token import read_id_token

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest, HttpResponse

DOCUMENT_KEPT: Final = 600
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")


class OidcAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """The conversation with one provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where the provider's doors are, by its own document; one that names another issuer is refused."""
        issuer = self.known.issuer
        key = f"oidc:{hashlib.sha256(issuer.encode()).hexdigest()}"
        document = cache.get(key)
        if document is None:
            document = self.fetch(f"{issuer}/.well-known/openid-configuration")
            _check_document(document, issuer)
            cache.set(key, document, DOCUMENT_KEPT)
        found: dict[str, Any] = document
        return found

    @property
    def known(self) -> Provider:
        """What the operator said of this provider."""
        found = provider_of(self.provider_id)
        if found is None:
            raise OAuth2Error("no such provider")
        return found

    def fetch(self, url: str, **headers: str) -> Any:  # noqa: ANN401 -- JSON from elsewhere
        """Read a JSON answer of the provider; anything else is a refusal."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, headers=headers)
            answer.raise_for_status()
            try:
                return answer.json()
            except ValueError as error:
                raise OAuth2Error("not an answer of a provider") from error

    def get_callback_url(self, *_asked: object) -> str:
        """Our own address, whatever host the request claims."""
        return callback_url(self.provider_id)

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **kwargs: Any,  # noqa: ANN401 -- allauth's signature
    ) -> SocialLogin:
        """Say who it is, by a signed token made for us and for this very log-in."""
        config = self.openid_config
        claims = read_id_token(
            kwargs["response"].get("id_token"),
            keys=lambda: self.fetch(config["jwks_uri"]),
            issuer=self.known.issuer,
            client_id=app.client_id,
        )
        if not self.nonce or not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("made for another log-in")
        if "email" not in claims and config.get("userinfo_endpoint"):
            claims |= self._userinfo(config["userinfo_endpoint"], token.token, claims["sub"])
        return self.get_provider().sociallogin_from_response(request, claims)

    def _userinfo(self, url: str, access_token: str, subject: str) -> dict[str, Any]:
        said = self.fetch(url, Authorization=f"Bearer {access_token}")
        if not isinstance(said, dict) or said.get("sub") != subject:
            raise OAuth2Error("speaks of somebody else")
        return {
            name: said[name] for name in ("email", "email_verified", "name", "hd") if name in said
        }


class OidcProvider(OpenIDConnectProvider):  # type: ignore[misc]  # likewise
    """What is asked of a provider, and what is taken from its answer."""

    oauth2_adapter_class = OidcAdapter

    def redirect(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- allauth's signature
        """Send the person there, with a nonce that only this browser's session knows as well."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {"nonce": nonce}
        answer: HttpResponse = super().redirect(request, *args, nonce=nonce, **kwargs)
        return answer

    def get_scope_from_request(self, *_asked: object) -> list[str]:
        """Who it is, by name and address; a link cannot ask for more."""
        return ["openid", "profile", "email"]

    def get_auth_params_from_request(self, *_asked: object) -> dict[str, str]:
        """Nothing that a link says."""
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject as one value: the operator may change the provider, and nobody becomes somebody else."""
        return hashlib.sha256(f"{data['iss']}\n{data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only what the person is shown of the link."""
        return {"email": str(data.get("email") or "")}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Name and address for an account not yet made."""
        return {"email": data.get("email"), "name": data.get("name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, proved only if this provider may vouch for it. The word "true" is no truth."""
        known = provider_of(self.app.provider_id)
        email = data.get("email")
        if not email or known is None:
            return []
        proved = known.vouches_for(
            email=str(email),
            is_verified=data.get("email_verified") is True,
            domain=str(data.get("hd") or ""),
        )
        return [EmailAddress(email=str(email), verified=proved, primary=True)]


class OidcReturn(OAuth2CallbackView):  # type: ignore[misc]  # likewise
    """The person comes back."""

    def _get_state(self, request: HttpRequest, provider: OidcProvider) -> Any:  # noqa: ANN401 -- allauth's pair
        state, answer = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = state.get("nonce", "")
        return state, answer


def callback_url(key: str) -> str:
    """The address a provider sends people back to: the one to enter there."""
    return settings.PUBLIC_URL + reverse("social_return", kwargs={"provider": key})


def comes_from(issuer: str, *, said: str | None, must_say: bool) -> bool:
    """Whether an answer's own `iss` fits the provider it was asked of (RFC 9207)."""
    return said == issuer if said is not None else not must_say


def _check_document(document: Any, issuer: str) -> None:  # noqa: ANN401 -- JSON from elsewhere
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise OAuth2Error("the document names another issuer")
    for name in _ENDPOINTS:
        url = document.get(name)
        if url is None and name == "userinfo_endpoint":
            continue
        if not isinstance(url, str) or not _is_private_line(url, issuer):
            raise OAuth2Error(f"{name} is no address to trust")


def _is_private_line(url: str, issuer: str) -> bool:
    """HTTPS; a provider that is itself reached without (a trial on one machine) may stay so on its own host."""
    there, home = urlsplit(url), urlsplit(issuer)
    if there.scheme == "https":
        return True
    return there.scheme == home.scheme == "http" and there.hostname == home.hostname
