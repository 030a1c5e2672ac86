"""Which provider speaks for an account, and whether the simulated one may."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from clientela.checkout.models import ProviderAccount, ProviderName
from clientela.checkout.providers.port import Provider, ProviderSilent
from clientela.checkout.providers.simulator import Simulator
from clientela.platform.refusal import Refusal
from clientela.platform.sealed import Unreadable, unseal


class ProviderNotHere(Refusal):
    """This installation does not have that provider: the simulated one outside a demo, or one not installed."""

    reason = "provider-not-here"


def simulator_is_allowed() -> bool:
    """Whether payments may be simulated: in a demo or a test, never where money is meant."""
    return bool(settings.DEMO or settings.TESTING)


def provider_of(account: ProviderAccount) -> Provider:
    """Return who speaks for an account, with its secrets opened; refuses ``ProviderNotHere``.

    While the key that sealed them is gone it is as if the provider were silent: nothing is concluded, nothing
    is given up, and the doctor says so.
    """
    try:
        secret = unseal(account.sealed_secret) if account.sealed_secret else ""
        hook_secret = unseal(account.sealed_hook_secret) if account.sealed_hook_secret else ""
    except Unreadable as error:
        raise ProviderSilent("secret-unreadable") from error
    return make_provider(
        provider=account.provider,
        remote_id=account.remote_id,
        secret=secret,
        hook_secret=hook_secret,
    )


def make_provider(*, provider: str, remote_id: str, secret: str, hook_secret: str) -> Provider:
    """Return a provider that speaks with these secrets; refuses ``ProviderNotHere``."""
    if provider == ProviderName.SIMULATOR:
        if not simulator_is_allowed():
            raise ProviderNotHere
        return Simulator(account_ref=remote_id, hook_secret=hook_secret)
    # The provider's own library is an optional extra, and large: it is loaded where it is needed.
    try:
        from clientela.checkout.providers.stripe import StripeProvider  # noqa: PLC0415 -- said above
    except ImportError as error:
        raise ProviderNotHere from error
    return StripeProvider(secret=secret, hook_secret=hook_secret, remote_id=remote_id)


HOOK_HEADERS: Final = ("Simulator-Signature", "Stripe-Signature")
"""What the inbox hands to a provider of a pushed event's headers."""
