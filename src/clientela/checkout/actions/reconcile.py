"""Compare what we know with what the provider knows: what was never told to us is learned here."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from clientela.checkout.actions.apply_event import apply_event
from clientela.checkout.actions.carry_out_charge import carry_out_charge
from clientela.checkout.actions.receive_event import with_card
from clientela.checkout.models import (
    AttemptState,
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    Purpose,
)
from clientela.checkout.providers.port import Provider, ProviderRefused, ProviderSilent, Told
from clientela.checkout.providers.registry import ProviderNotHere, provider_of
from clientela.checkout.queries.online import is_usable
from clientela.platform.failpoints import failpoint
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.payment_flow import News

AT_ONCE: Final = 50
LOOK_EVERY: Final = timedelta(minutes=10)
READ_EVERY: Final = timedelta(minutes=15)
OVERLAP: Final = timedelta(hours=1)
"""How far back the list of events is read again: providers enter an event a little late."""
OLD_ACCOUNTS: Final = timedelta(days=200)
"""How long an account that was replaced is still asked: disputes come months later."""
_OURS: Final = {News.PAID, News.FAILED, News.EXPIRED}

logger = logging.getLogger(__name__)


def reconcile(*, now: datetime) -> int:
    """Look up every attempt that is due, and say how many. Call it outside a transaction.

    A page whose time is over is closed at the provider, then looked at once more: it ends as paid or as expired,
    never in between. Of a provider that does not answer nothing is concluded.
    """
    with system_scope("payments of every business are looked after by one job"):
        due = list(
            PaymentAttempt.objects.filter(look_at__lte=now)
            .select_related("provider_account")
            .order_by("look_at", "id")[:AT_ONCE]
        )
    return sum(_look(attempt, now=now) for attempt in due)


def look_now(*, attempt: PaymentAttempt, now: datetime) -> PaymentAttempt:
    """Ask the provider at once what became of an attempt, because its client says that they paid."""
    PaymentAttempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(look_at=now)
    current = PaymentAttempt.objects.select_related("provider_account").get(pk=attempt.pk)
    if current.state == AttemptState.OPEN:
        _look(current, now=now)
    return PaymentAttempt.objects.get(pk=attempt.pk)


def _look(attempt: PaymentAttempt, *, now: datetime) -> int:
    with business_scope(attempt.business_id):
        again = now + LOOK_EVERY
        if attempt.expires_at > now:
            again = min(again, attempt.expires_at)
        claimed = PaymentAttempt.objects.filter(pk=attempt.pk, look_at=attempt.look_at).update(
            look_at=again
        )
        if not claimed:
            return 0
        failpoint("checkout.reconcile.claimed")
        try:
            _learn(attempt, now=now)
        except ProviderSilent:
            return 1
        except (ProviderRefused, ProviderNotHere) as refusal:
            _close(attempt, reason=refusal.reason, now=now)
    return 1


def _learn(attempt: PaymentAttempt, *, now: datetime) -> None:
    """Ask what became of one attempt, and apply the answer as if it had been pushed."""
    if attempt.purpose == Purpose.FEE:
        carry_out_charge(attempt=attempt, now=now)
        return
    if not attempt.provider_ref:
        # Its client was never sent anywhere, so nothing can have been paid.
        if attempt.expires_at <= now:
            _close(attempt, reason="not-opened", now=now)
        return
    provider = provider_of(attempt.provider_account)
    told = _end_of(provider, attempt, now=now)
    if told is None:
        return
    told = with_card(told, provider=provider, account=attempt.provider_account, now=now)
    failpoint("checkout.reconcile.learned")
    apply_event(account=attempt.provider_account, told=told, now=now)
    if told.news in _OURS:
        PaymentAttempt.objects.filter(pk=attempt.pk).exclude(
            state__in=[AttemptState.NEW, AttemptState.OPEN]
        ).update(look_at=None)


def _end_of(provider: Provider, attempt: PaymentAttempt, *, now: datetime) -> Told | None:
    """Return how the page ended, ending it if its time is over; ``None`` while it may stand."""
    told = provider.look_up(attempt.provider_ref, now=now)
    is_over = attempt.expires_at <= now or attempt.state != AttemptState.OPEN
    if told is not None or not is_over:
        return told
    provider.end_page(attempt.provider_ref, now=now)
    failpoint("checkout.reconcile.page-ended")
    return provider.look_up(attempt.provider_ref, now=now)


def _close(attempt: PaymentAttempt, *, reason: str, now: datetime) -> None:
    """End an attempt by which nothing can have been paid."""
    PaymentAttempt.objects.filter(
        pk=attempt.pk, state__in=[AttemptState.NEW, AttemptState.OPEN]
    ).update(state=AttemptState.EXPIRED, reason=reason[:40], settled_at=now)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(look_at=None)


def read_lost_news(*, now: datetime) -> int:
    """Read every account's list of events at the provider, and apply those that never reached us.

    Says how many those were. So news that got lost on its way, of a payment as of a refund or a dispute made in
    the provider's own pages, is learned within the hour. Call it outside a transaction.
    """
    with system_scope("the news of every business is read by one job"):
        accounts = [
            account
            for account in ProviderAccount.objects.order_by("id")
            if is_usable(account)
            and (account.ended_at is None or now - account.ended_at < OLD_ACCOUNTS)
        ]
    return sum(_read(account, now=now) for account in accounts)


def _read(account: ProviderAccount, *, now: datetime) -> int:
    with business_scope(account.business_id):
        since = (account.news_read_at or account.created_at) - OVERLAP
        try:
            provider = provider_of(account)
            known = set(
                ProviderEvent.objects.filter(
                    provider_account=account, received_at__gte=since - OVERLAP
                ).values_list("event_id", flat=True)
            )
            told = [one for one in provider.told_since(since, now=now) if one.event_id not in known]
            for one in told:
                apply_event(
                    account=account,
                    told=with_card(one, provider=provider, account=account, now=now),
                    now=now,
                )
        except Refusal as refusal:
            # Not read to its end: the same stretch is read again next time.
            logger.warning("provider news not read", extra={"reason": refusal.reason})
            return 0
        ProviderAccount.objects.filter(pk=account.pk).update(news_read_at=now)
    return len(told)
