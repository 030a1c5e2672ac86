"""Which providers there are: the operator's settings, read anew each time; nothing of it lies in the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One place whose word is taken for who somebody is (`settings/providers.py` explains each field)."""

    key: str
    kind: str
    name: str
    client_id: str
    secret: str
    issuer: str
    proves_email: str

    def vouches_for(self, *, email: str, is_verified: bool, domain: str = "") -> bool:
        """Whether its word is proof enough that the person has this mailbox.

        Google's is for addresses it hands out itself: its own two domains, and those of an organisation
        it names in `domain`. An address that somebody merely entered there may have changed hands since.
        """
        if not is_verified or self.proves_email == "never":
            return False
        if self.proves_email == "always":
            return True
        host = email.rpartition("@")[2].lower()
        return host in {"gmail.com", "googlemail.com"} or bool(domain and host == domain.lower())


def configured() -> list[Provider]:
    """All of them, in the order of their buttons."""
    return [Provider(**given) for given in settings.SOCIAL_PROVIDERS]


def provider_of(key: str) -> Provider | None:
    """The one with this word in its address."""
    return next((one for one in configured() if one.key == key), None)
