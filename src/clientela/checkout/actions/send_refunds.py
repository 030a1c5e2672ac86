"""Carry out the refunds that were ordered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.checkout.actions.record_provider_refund import record_provider_refund
from clientela.checkout.models import OrderState, RefundOrder
from clientela.checkout.payment_events import RefundFailed
from clientela.checkout.providers.port import ProviderRefused, ProviderSilent
from clientela.checkout.providers.registry import ProviderNotHere, provider_of
from clientela.ledger.errors import RefundTooMuch
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope, system_scope

BY: Final = Actor.system("send-refunds")
AT_ONCE: Final = 20
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(days=7)


def send_refunds(*, now: datetime) -> int:
    """Try every refund that is due, and say how many were tried. Call it outside a transaction.

    Each is claimed by putting its next try off before the provider is asked, so that a crash on the way is a
    later try with the same key: the provider gives the money back once. A silent provider is asked again,
    less and less often, for a week; one that says no makes the order a person's business.
    """
    with system_scope("refunds of every business are sent by one job"):
        due = list(
            RefundOrder.objects.filter(state=OrderState.ORDERED, try_at__lte=now)
            .select_related("provider_account", "payment__sale")
            .order_by("try_at", "id")[:AT_ONCE]
        )
    return sum(_try(order, now=now) for order in due)


def _try(order: RefundOrder, *, now: datetime) -> int:
    with business_scope(order.business_id):
        claimed = RefundOrder.objects.filter(
            pk=order.pk, state=OrderState.ORDERED, try_at=order.try_at
        ).update(try_at=now + _wait(order.tries), tries=min(order.tries + 1, 30_000))
        if not claimed:
            return 0
        failpoint("checkout.refund.claimed")
        try:
            _send(order, now=now)
        except ProviderSilent as silence:
            _put_off(order, silence, now=now)
        except (ProviderRefused, ProviderNotHere, RefundTooMuch) as refusal:
            _fail(order, refusal, now=now)
    return 1


def _wait(tries: int) -> timedelta:
    """One minute, two, four, to an hour."""
    doublings: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _send(order: RefundOrder, *, now: datetime) -> None:
    """Ask the provider, then write down that the money went."""
    payment = order.payment
    refund_ref = provider_of(order.provider_account).refund(
        payment_ref=payment.provider_ref,
        amount_minor=order.amount_minor,
        currency=payment.currency,
        key=str(order.pk),
        now=now,
    )
    failpoint("checkout.refund.accepted")
    with transaction.atomic():
        record_provider_refund(
            payment=payment,
            amount_minor=order.amount_minor,
            refund_ref=refund_ref,
            order=order.pk,
            now=now,
        )
        failpoint("checkout.refund.before-commit")


def _put_off(order: RefundOrder, silence: Refusal, *, now: datetime) -> None:
    if now - order.ordered_at > GIVE_UP_AFTER:
        _fail(order, silence, now=now)
        return
    RefundOrder.objects.filter(pk=order.pk, state=OrderState.ORDERED).update(reason=silence.reason)


def _fail(order: RefundOrder, refusal: Refusal, *, now: datetime) -> None:
    """Leave it to a person."""
    with transaction.atomic():
        failed = RefundOrder.objects.filter(pk=order.pk, state=OrderState.ORDERED).update(
            state=OrderState.FAILED, reason=refusal.reason, try_at=None, settled_at=now
        )
        if failed:
            note(
                action="refund-failed",
                subject=order,
                by=BY,
                now=now,
                reason=refusal.reason,
                details={"payment": order.payment_id, "amount_minor": order.amount_minor},
            )
            record(RefundFailed(business_id=order.business_id, order_id=order.pk), now=now)


def retry_refund(*, order: RefundOrder, by: Actor, now: datetime) -> bool:
    """Let a failed refund be tried again; false if it is not failed (any more)."""
    with transaction.atomic():
        again = RefundOrder.objects.filter(pk=order.pk, state=OrderState.FAILED).update(
            state=OrderState.ORDERED, reason="", try_at=now, settled_at=None
        )
        if again:
            note(action="refund-tried-again", subject=order, by=by, now=now)
    return bool(again)
