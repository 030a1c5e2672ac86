"""Take a fee by a kept card, from the row that stands already."""

from __future__ import annotations

from datetime import datetime

from clientela.checkout.actions.apply_event import apply_event
from clientela.checkout.models import AttemptState, KeptCard, PaymentAttempt
from clientela.checkout.providers.port import Card, ChargeWanted, ProviderRefused
from clientela.checkout.providers.registry import provider_of
from clientela.platform.failpoints import failpoint


def carry_out_charge(*, attempt: PaymentAttempt, now: datetime) -> None:
    """Ask the provider for the money of an attempt once, however often this is called. Outside a transaction.

    The attempt's id is the key, so a call whose answer got lost is not a second charge. A card that is refused,
    or was removed meanwhile, ends the attempt as failed and raises; ``ProviderSilent`` leaves it to the reconcile
    job.
    """
    current = PaymentAttempt.objects.select_related(
        "provider_account", "appointment__service", "client"
    ).get(pk=attempt.pk)
    if current.state not in {AttemptState.NEW, AttemptState.OPEN}:
        return
    try:
        told = provider_of(current.provider_account).charge_kept(
            _wanted(current, _card(current)), now=now
        )
    except ProviderRefused as refusal:
        _fail(current, refusal.reason, now=now)
        raise
    failpoint("checkout.capture.charged")
    apply_event(account=current.provider_account, told=told, now=now)


def _card(attempt: PaymentAttempt) -> KeptCard:
    """Return the card that was kept when the charge began. One that was removed since is not charged any more.

    If the provider had taken the money by then, its news will say so, and the attempt takes it in.
    """
    kept = KeptCard.objects.filter(
        client=attempt.client_id,
        provider_account=attempt.provider_account_id,
        agreed_at__lte=attempt.created_at,
        removed_at__isnull=True,
    )
    card = kept.order_by("-agreed_at").first()
    if card is None:
        raise ProviderRefused("no-card-kept")
    return card


def _wanted(attempt: PaymentAttempt, card: KeptCard) -> ChargeWanted:
    service = attempt.appointment.service.name if attempt.appointment else ""
    return ChargeWanted(
        key=str(attempt.pk),
        attempt=str(attempt.pk),
        title=service,
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        card=Card(customer_ref=card.customer_ref, card_ref=card.card_ref),
    )


def _fail(attempt: PaymentAttempt, reason: str, *, now: datetime) -> None:
    PaymentAttempt.objects.filter(
        pk=attempt.pk, state__in=[AttemptState.NEW, AttemptState.OPEN]
    ).update(state=AttemptState.FAILED, reason=reason[:40], settled_at=now, look_at=None)
