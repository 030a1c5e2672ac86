"""Take in an event that a provider pushed: verify, read, apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from clientela.checkout.actions.apply_event import apply_event
from clientela.checkout.models import ProviderAccount, ProviderEvent
from clientela.checkout.providers.port import NotGenuine, Provider, Told
from clientela.checkout.providers.registry import provider_of
from clientela.checkout.queries.online import accounts_behind, attempts_at
from clientela.platform.tenancy import business_scope
from clientela.rules.payment_flow import News


def receive_event(
    *, account: ProviderAccount, body: bytes, headers: Mapping[str, str], now: datetime
) -> ProviderEvent:
    """Apply a pushed event once, whatever scope the door is in. Call it outside a transaction.

    Refuses ``NotGenuine``, and then nothing was written. ``ProviderSilent`` where the card that was kept had to be
    asked for: the provider pushes again, and the reconcile job asks as well.
    """
    with business_scope(account.business_id):
        speaker, provider, told = _read(account, body=body, headers=headers, now=now)
        told = with_card(told, provider=provider, account=speaker, now=now)
        return apply_event(account=speaker, told=told, now=now)


def _read(
    account: ProviderAccount, *, body: bytes, headers: Mapping[str, str], now: datetime
) -> tuple[ProviderAccount, Provider, Told]:
    """Return whose news it is: of the account the address names, or another that its business has had."""
    for candidate in accounts_behind(account):
        provider = provider_of(candidate)
        try:
            return candidate, provider, provider.read_event(body=body, headers=headers, now=now)
        except NotGenuine:
            continue
    raise NotGenuine


def with_card(told: Told, *, provider: Provider, account: ProviderAccount, now: datetime) -> Told:
    """Return news of a payment with the card that is kept by it; some providers tell it only when asked."""
    if told.news is not News.PAID or told.card is not None or told.attempt_id is None:
        return told
    keeping = attempts_at(account).exclude(consent_text="")
    attempt = keeping.filter(pk=told.attempt_id).first()
    if attempt is None or not (told.page_ref or attempt.provider_ref):
        return told
    looked = provider.look_up(told.page_ref or attempt.provider_ref, now=now)
    return replace(told, card=looked.card) if looked is not None else told
