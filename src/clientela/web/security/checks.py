"""What the doctor asks about other ways in. It contacts nobody: that is tried by pressing the button."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from clientela.platform.doctor import Finding, check, ok, warn
from clientela.web.security.factors import own_host, passkeys_are_offered
from clientela.web.security.providers.configured import Provider, configured

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@check("other-ways-in")
def providers_are_whole(now: datetime) -> Iterable[Finding]:
    """Look for a provider that has an id and lacks the rest."""
    for provider in configured():
        if not provider.secret:
            yield warn(
                f"{provider.name} has an id but no secret: its button leads to an error.",
                "Set the secret beside the id (docs/how-to/sign-in-elsewhere.md), or take the id away.",
            )
        elif provider.kind == "oidc" and not _is_private(provider):
            yield warn(
                f"{provider.name} is reached without encryption.",
                "Set CLIENTELA_OIDC_URL to an address with https.",
            )
        else:
            yield ok(f"People may sign in with {provider.name}.")


@check("passkeys")
def passkeys_can_be_made(now: datetime) -> Iterable[Finding]:
    """Say when passkeys are wanted and no browser would make one; a trial on the own machine wants none."""
    if settings.PASSKEYS and not passkeys_are_offered() and own_host() not in _LOOPBACK:
        yield warn(
            f"Browsers make no passkeys for {settings.PUBLIC_URL}, so none are offered.",
            "Give the installation a host name with HTTPS, or set CLIENTELA_PASSKEYS=false.",
        )


def _is_private(provider: Provider) -> bool:
    there = urlsplit(provider.issuer)
    return there.scheme == "https" or there.hostname in _LOOPBACK
