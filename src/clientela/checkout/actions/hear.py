"""Understand one piece of a provider's news, and do what the rule says; the inbox calls this in its transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clientela.checkout.actions.record_provider_refund import record_provider_refund
from clientela.checkout.actions.return_money import return_money
from clientela.checkout.actions.settle_attempt import settle_attempt
from clientela.checkout.models import AttemptState, EventState, PaymentAttempt, ProviderAccount
from clientela.checkout.providers.port import Told
from clientela.checkout.queries.online import attempts_at
from clientela.ledger.errors import RefundTooMuch
from clientela.ledger.models import Payment, PaymentKind
from clientela.platform.locking import lock
from clientela.rules.payment_flow import News, Stand, Step, Verdict, what_to_do


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of it, and the payment that is known now and was not before."""

    state: EventState
    reason: str
    payment_ref: str = ""


def hear(*, account: ProviderAccount, told: Told, now: datetime) -> Heard:
    """Compare news with what we asked for, decide by ``rules/payment_flow.py``, and act, in the caller's transaction.

    Account, order, amount and currency must be the ones of the attempt: signed news of anything else marks
    nothing as paid.
    """
    if told.news is None:
        return Heard(EventState.IGNORED, "not-ours")
    if told.account and told.account != account.remote_id:
        return Heard(EventState.QUARANTINED, "other-account")
    if told.payment_ref:
        # What is about one payment is heard one after the other: else a refund that comes at the same moment as
        # its payment would wait for what is there already.
        lock(keys=[f"payment-heard:{account.business_id}:{told.payment_ref}"])
    attempt = _attempt(account, told)
    # Read after the attempt's lock: until then the same payment may be written down by somebody else.
    payment = _payment(account, told)
    if attempt is None:
        return _without_attempt(told, payment, now=now)
    if told.page_ref and attempt.provider_ref not in {"", told.page_ref}:
        return Heard(EventState.QUARANTINED, "other-order")
    if wrong := _wrong_money(attempt, told):
        return Heard(EventState.QUARANTINED, wrong)
    verdict = what_to_do(
        stand=Stand(attempt.state),
        news=told.news,
        knows_payment=payment is not None or _is_kept(attempt, told),
    )
    return _act(verdict, attempt, told, payment, now=now)


def _without_attempt(told: Told, payment: Payment | None, *, now: datetime) -> Heard:
    """News that names no attempt of ours: about a payment we know, one we may still hear of, or none of ours."""
    if told.attempt:
        return Heard(EventState.QUARANTINED, "unknown-order")
    if told.news in {News.OPENED, News.PAID, News.FAILED, News.EXPIRED} or not told.payment_ref:
        return Heard(EventState.IGNORED, "not-ours")
    if payment is None:
        return Heard(EventState.WAITING, "before-its-payment")
    assert told.news is not None  # noqa: S101 -- asked before
    verdict = what_to_do(stand=Stand.PAID, news=told.news, knows_payment=True)
    if verdict.step is Step.RECORD_REFUND:
        return _record_refund(told, payment, verdict, now=now)
    return _plain(verdict)


def _act(
    verdict: Verdict,
    attempt: PaymentAttempt,
    told: Told,
    payment: Payment | None,
    *,
    now: datetime,
) -> Heard:
    """Do one step for an attempt whose lock is held."""
    if verdict.step is Step.TAKE_MONEY:
        settled = settle_attempt(attempt=attempt, told=told, now=now)
        return Heard(EventState.APPLIED, settled.reason, told.payment_ref)
    if verdict.step is Step.SEND_BACK:
        return_money(attempt=attempt, told=told, reason=verdict.reason, now=now)
        return Heard(EventState.APPLIED, verdict.reason, told.payment_ref)
    if verdict.step is Step.RECORD_REFUND and payment is not None:
        return _record_refund(told, payment, verdict, now=now)
    ends: dict[Step, Callable[[], object]] = {
        Step.OPEN: lambda: _move(attempt, AttemptState.OPEN, "", now=now),
        Step.FAIL: lambda: _move(attempt, AttemptState.FAILED, verdict.reason, now=now),
        Step.EXPIRE: lambda: _move(attempt, AttemptState.EXPIRED, verdict.reason, now=now),
    }
    if verdict.step in ends:
        ends[verdict.step]()
        return Heard(EventState.APPLIED, verdict.reason)
    return _plain(verdict)


def _plain(verdict: Verdict) -> Heard:
    """What changes nothing by itself."""
    states = {Step.WAIT: EventState.WAITING, Step.ASK_A_PERSON: EventState.QUARANTINED}
    return Heard(states.get(verdict.step, EventState.IGNORED), verdict.reason)


def _record_refund(told: Told, payment: Payment, verdict: Verdict, *, now: datetime) -> Heard:
    """Write down what the provider gave back; more than came is a person's business."""
    if not told.amount_minor or not told.refund_ref or told.currency != payment.currency:
        return Heard(EventState.QUARANTINED, "wrong-amount")
    try:
        is_new = record_provider_refund(
            payment=payment,
            amount_minor=told.amount_minor,
            refund_ref=told.refund_ref,
            order=told.order_id,
            now=now,
        )
    except RefundTooMuch as refusal:
        return Heard(EventState.QUARANTINED, refusal.reason)
    if not is_new:
        return Heard(EventState.IGNORED, "already-recorded")
    return Heard(EventState.APPLIED, verdict.reason)


def _move(attempt: PaymentAttempt, state: AttemptState, reason: str, *, now: datetime) -> None:
    """Pass an undecided attempt on; the lock is held, so its state is the one that was read."""
    ended = state != AttemptState.OPEN
    PaymentAttempt.objects.filter(pk=attempt.pk, state=attempt.state).update(
        state=state,
        reason=reason,
        settled_at=now if ended else None,
        look_at=None if ended else attempt.look_at,
    )


def _attempt(account: ProviderAccount, told: Told) -> PaymentAttempt | None:
    """Return the attempt that news is about, its lock taken; the order's own name goes first."""
    of_account = attempts_at(account)
    if told.attempt_id is not None:
        found = of_account.filter(pk=told.attempt_id)
    elif told.attempt:
        return None
    elif told.page_ref:
        found = of_account.filter(provider_ref=told.page_ref)
    else:
        return None
    attempt_id = found.values_list("pk", flat=True).first()
    if attempt_id is None:
        return None
    lock(keys=[f"attempt:{attempt_id}"])
    return (
        PaymentAttempt.objects.select_related(
            "provider_account", "business", "client", "sale", "package", "service", "appointment"
        )
        .filter(pk=attempt_id)
        .first()
    )


def _payment(account: ProviderAccount, told: Told) -> Payment | None:
    """Return the ledger's payment that news names, if it is there."""
    if not told.payment_ref:
        return None
    return Payment.objects.filter(
        business=account.business_id,
        provider=account.provider,
        provider_ref=told.payment_ref,
        kind=PaymentKind.PAYMENT,
    ).first()


def _is_kept(attempt: PaymentAttempt, told: Told) -> bool:
    """Whether this very page, which moved no money, was heard before."""
    return (
        not attempt.amount_minor
        and attempt.state == AttemptState.PAID
        and attempt.payment_ref == told.payment_ref
    )


def _wrong_money(attempt: PaymentAttempt, told: Told) -> str:
    """Say what is wrong with the money of a payment, or nothing."""
    if told.news is not News.PAID:
        return ""
    if told.amount_minor != attempt.amount_minor:
        return "wrong-amount"
    if attempt.amount_minor and told.currency != attempt.currency:
        return "wrong-currency"
    return "" if told.payment_ref else "no-payment-named"
