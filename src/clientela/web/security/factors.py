"""How allauth's second factors meet our keys, our address and our idea of when a second step is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from clientela.platform import sealed
from clientela.web.browser_words import key_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientela.accounts.models import Account

_SECOND_STEP = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets lie sealed in the database, and passkeys belong to the installation's own address.

    The second step is on from the first app code on. A passkey is a way in that holds two factors in itself;
    having one on the telephone does not lock the person out of every other device.
    """

    def encrypt(self, text: str) -> str:
        """Seal a seed with the installation's key."""
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed, also with a key that was rotated out."""
        return str(sealed.unseal(encrypted_text))

    def is_mfa_enabled(self, user: Account, types: Iterable[str] | None = None) -> bool:
        """Whether the person has one of these; asked about the second step as such, whether it is on."""
        asked = {Authenticator.Type.TOTP} if types and set(types) == _SECOND_STEP else types
        return bool(super().is_mfa_enabled(user, asked))

    def get_totp_issuer(self) -> str:
        """The installation, as it stands in the person's app."""
        return own_host()

    def get_totp_label(self, user: Account) -> str:
        """The account, likewise."""
        return user.email

    def generate_authenticator_name(self, *_asked: object, **_named: object) -> str:
        """The device on which the passkey is made."""
        return words_of(key_of(self.request.headers.get("User-Agent", "")))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom passkeys are made: our own host, never the one a request claims."""
        return {"id": own_host(), "name": "Clientela"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """For whom, on the other side; the device shows name and address when it asks which one."""
        return {
            "id": user.pk.hex.encode(),
            "display_name": user.name or user.email,
            "name": user.email,
        }


def own_host() -> str:
    """The host name of the installation."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def own_origin() -> str:
    """The origin from which our pages speak."""
    parts = urlsplit(settings.PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def passkeys_are_offered() -> bool:
    """Whether the operator wants passkeys and browsers can make them for our address.

    They make none for a number instead of a name, nor without encryption outside of the own machine.
    """
    if not settings.PASSKEYS:
        return False
    host = own_host()
    if settings.PUBLIC_URL.startswith("https://"):
        return not _is_number(host)
    return host == "localhost" or host.endswith(".localhost")


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
