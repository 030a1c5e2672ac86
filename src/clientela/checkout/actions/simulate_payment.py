"""What a person does on the simulated provider's page, and how the simulated provider tells it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction

from clientela.checkout.actions.receive_event import receive_event
from clientela.checkout.models import (
    ProviderAccount,
    ProviderName,
    SimulatedNews,
    SimulatedPayment,
    SimulatedState,
)
from clientela.checkout.providers.registry import provider_of, simulator_is_allowed
from clientela.checkout.providers.signature import sign
from clientela.checkout.providers.simulated_news import news_of
from clientela.checkout.providers.simulator import SIGNATURE_HEADER, Simulator
from clientela.platform.ids import uuid7
from clientela.platform.refusal import Refusal
from clientela.platform.sealed import unseal
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.payment_flow import News

LATE: Final = timedelta(minutes=2)
AT_ONCE: Final = 50


class Telling(StrEnum):
    """When the news of a payment is pushed."""

    NOW = "now"
    LATE = "late"
    NEVER = "never"


def pay_simulated(*, page_ref: str, telling: Telling = Telling.NOW, now: datetime) -> bool:
    """Pay on a simulated page; false if it is closed, expired, or paid already."""
    due = {Telling.NOW: now, Telling.LATE: now + LATE, Telling.NEVER: None}[telling]
    with transaction.atomic():
        paid = SimulatedPayment.objects.filter(
            page_ref=page_ref, state=SimulatedState.OPEN, expires_at__gt=now
        ).update(state=SimulatedState.PAID, payment_ref=f"sim_pay_{uuid7().hex}", settled_at=now)
        if not paid:
            return False
        _tell(page_ref, News.PAID, now=now, due_at=due)
    return True


def refuse_simulated(*, page_ref: str, now: datetime) -> bool:
    """Let the bank refuse the card and end the page; false if it had ended."""
    return _end(page_ref, SimulatedState.REFUSED, News.FAILED, now=now)


def close_simulated(*, page_ref: str, now: datetime) -> bool:
    """End the page unpaid; false if it had ended."""
    return _end(page_ref, SimulatedState.CLOSED, News.EXPIRED, now=now)


def _end(page_ref: str, state: SimulatedState, news: News, *, now: datetime) -> bool:
    with transaction.atomic():
        ended = SimulatedPayment.objects.filter(page_ref=page_ref, state=SimulatedState.OPEN)
        if not ended.update(state=state, settled_at=now):
            return False
        _tell(page_ref, news, now=now, due_at=now)
    return True


def _tell(page_ref: str, news: News, *, now: datetime, due_at: datetime | None) -> None:
    payment = SimulatedPayment.objects.get(page_ref=page_ref)
    account = Simulator(account_ref=payment.account_ref, hook_secret="")
    account.note(news_of(payment, news), now=now, due_at=due_at)


def tell_simulated_news(*, now: datetime) -> int:
    """Push the news that is due, signed, through the same door as a real provider's; say how many.

    News that our side would not take is not pushed again: that is what the reconcile job is for.
    """
    if not simulator_is_allowed():
        return 0
    due = SimulatedNews.objects.filter(due_at__lte=now, told_at__isnull=True)
    told = 0
    for news in due.order_by("due_at", "id")[:AT_ONCE]:
        told += SimulatedNews.objects.filter(pk=news.pk, told_at__isnull=True).update(told_at=now)
        with system_scope("the simulated provider knows its accounts by their names"):
            account = ProviderAccount.objects.filter(
                provider=ProviderName.SIMULATOR, remote_id=news.account_ref
            ).first()
        if account is not None:
            push(account=account, news=news, now=now)
    return told


def push(*, account: ProviderAccount, news: SimulatedNews, now: datetime) -> None:
    """Push one piece of news as the bytes that a real provider would send."""
    body = json.dumps(news.body, sort_keys=True).encode()
    with business_scope(account.business_id):
        provider_of(account)
        header = sign(body=body, secret=unseal(account.sealed_hook_secret), now=now)
        try:
            receive_event(account=account, body=body, headers={SIGNATURE_HEADER: header}, now=now)
        except Refusal:
            return
