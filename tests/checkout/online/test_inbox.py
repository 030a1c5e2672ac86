"""The inbox: genuine news once, wrong news never, early news later."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import STAFF

from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.checkout.actions.apply_event import apply_event, see_to_alarm
from clientela.checkout.actions.forget_waiting_news import WAITS_FOR, forget_waiting_news
from clientela.checkout.models import (
    EventState,
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    Purpose,
)
from clientela.checkout.payment_events import PaymentAlarm
from clientela.checkout.queries.online import alarms
from clientela.ledger.models import Payment, Sale
from clientela.people.models import Client
from clientela.platform.audit import AuditEvent
from clientela.platform.ids import uuid7
from clientela.platform.outbox import OutboxEvent
from clientela.platform.tenancy import business_scope
from clientela.rules.payment_flow import News


@pytest.fixture
def attempt(account: ProviderAccount, package: Package, client_card: Client) -> PaymentAttempt:
    """Ana is about to pay 200 euro for a package."""
    return till.begin(client_card, Purpose.PACKAGE, package=package)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a cent too little": ({"amount_minor": 19_999}, "wrong-amount"),
    "one euro": ({"amount_minor": 100}, "wrong-amount"),
    "too much": ({"amount_minor": 20_001}, "wrong-amount"),
    "nothing": ({"amount_minor": 0}, "wrong-amount"),
    "no amount": ({"amount_minor": None}, "wrong-amount"),
    "another currency": ({"currency": "USD"}, "wrong-currency"),
    "no currency": ({"currency": ""}, "wrong-currency"),
    "another account": ({"account": "sim_another"}, "other-account"),
    "another page": ({"page_ref": "sim_page_another"}, "other-order"),
    "an unknown order": ({"attempt": str(uuid7())}, "unknown-order"),
    "no order's name": ({"attempt": "1 OR 1=1"}, "unknown-order"),
    "no payment": ({"payment_ref": ""}, "no-payment-named"),
}


@pytest.mark.req("PAY-03")
@pytest.mark.parametrize("what", WRONG)
def test_genuine_news_of_the_wrong_thing_marks_nothing_as_paid_and_rings(
    attempt: PaymentAttempt, business: Business, what: str
) -> None:
    facts, reason = WRONG[what]
    row = till.tell(attempt, **facts)
    assert (row.state, row.reason) == (EventState.QUARANTINED, reason)
    assert attempt.state == "open"
    assert not Sale.objects.exists()
    assert not Payment.objects.exists()
    assert alarms(business=business) == [row]
    assert OutboxEvent.objects.filter(name=PaymentAlarm.name).count() == 1
    assert AuditEvent.objects.filter(action="payment-alarm").count() == 1
    # A person looks at it once; the right news is still taken.
    assert see_to_alarm(event_id=row.pk, by=STAFF, now=LATER)
    assert not see_to_alarm(event_id=row.pk, by=STAFF, now=LATER)
    assert alarms(business=business) == []
    assert till.tell(attempt, event_id="the right one").state == EventState.APPLIED
    assert Sale.objects.get().state == "paid"


@pytest.mark.req("PAY-03")
def test_another_business_s_attempt_cannot_be_paid_by_news_of_an_account_of_one_s_own(
    attempt: PaymentAttempt, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        theirs = till.connect(next_door)
        told = till.said(attempt, account=theirs.remote_id)
        row = apply_event(account=theirs, told=told, now=LATER)
        assert (row.state, row.reason) == (EventState.QUARANTINED, "unknown-order")
    attempt.refresh_from_db()
    assert attempt.state == "open"


def test_the_same_news_twice_is_one_row_and_one_payment(attempt: PaymentAttempt) -> None:
    first, again = till.tell(attempt), till.tell(attempt)
    assert first.pk == again.pk
    assert Payment.objects.count() == Sale.objects.count() == 1


def test_the_same_payment_under_another_event_changes_nothing(attempt: PaymentAttempt) -> None:
    till.tell(attempt)
    row = till.tell(attempt, event_id="another saying")
    assert (row.state, row.reason) == (EventState.IGNORED, "already-recorded")
    assert Payment.objects.count() == 1


def test_a_second_payment_of_one_attempt_goes_back_and_the_sale_stays(
    attempt: PaymentAttempt,
) -> None:
    till.tell(attempt)
    row = till.tell(attempt, event_id="second", payment_ref="pay-second")
    assert (row.state, row.reason) == (EventState.APPLIED, "paid-twice")
    second = Payment.objects.get(provider_ref="pay-second")
    assert second.sale is None
    order = second.refund_orders.get()
    assert (order.amount_minor, order.because) == (20_000, "paid-twice")
    assert attempt.state == "paid"
    assert Sale.objects.get().state == "paid"


@pytest.mark.req("PAY-04")
def test_a_refund_that_comes_before_its_payment_waits_for_it(attempt: PaymentAttempt) -> None:
    payment_ref = "pay-1"
    early = till.tell(
        attempt,
        News.REFUNDED,
        attempt="",
        page_ref="",
        payment_ref=payment_ref,
        amount_minor=5_000,
        refund_ref="refund-1",
    )
    assert (early.state, early.reason) == (EventState.WAITING, "before-its-payment")
    till.tell(attempt, payment_ref=payment_ref)
    early.refresh_from_db()
    assert (early.state, early.reason) == (EventState.APPLIED, "refunded")
    assert till.sums(attempt.business) == {"payment": 20_000, "refund": 5_000}
    assert Sale.objects.get().state == "partly_paid"


@pytest.mark.req("PAY-04")
def test_a_lost_dispute_takes_the_money_back_and_more_than_came_is_a_person_s_business(
    attempt: PaymentAttempt,
) -> None:
    till.tell(attempt, payment_ref="pay-1")
    about = {"attempt": "", "page_ref": "", "payment_ref": "pay-1"}
    opened = till.tell(attempt, News.DISPUTED, **about, refund_ref="dispute")
    assert (opened.state, opened.reason) == (EventState.QUARANTINED, "disputed")
    lost = till.tell(attempt, News.DISPUTE_LOST, **about, refund_ref="dispute")
    assert lost.state == EventState.APPLIED
    more = till.tell(attempt, News.REFUNDED, **about, refund_ref="r", amount_minor=1)
    assert (more.state, more.reason) == (EventState.QUARANTINED, "refund-too-much")
    assert Sale.objects.get().state == "pending_payment"
    assert till.sums(attempt.business) == {"payment": 20_000, "refund": 20_000}


def test_news_that_is_not_about_us_is_kept_as_such(attempt: PaymentAttempt) -> None:
    for fields in ({"news": None}, {"attempt": "", "page_ref": "cs_of_the_webshop"}):
        row = till.tell(attempt, event_id=str(fields), **fields)
        assert (row.state, row.reason) == (EventState.IGNORED, "not-ours")


def test_nobody_waits_for_ever_for_a_payment_that_was_never_ours(attempt: PaymentAttempt) -> None:
    row = till.tell(attempt, News.REFUNDED, attempt="", page_ref="", payment_ref="x")
    assert forget_waiting_news(now=LATER + WAITS_FOR) == 0
    assert forget_waiting_news(now=LATER + WAITS_FOR * 2) == 1
    row.refresh_from_db()
    assert (row.state, row.reason) == (EventState.IGNORED, "never-ours")


def test_the_outsider_sees_none_of_it(attempt: PaymentAttempt, next_door: Business) -> None:
    till.tell(attempt, amount_minor=1)
    with business_scope(next_door.pk):
        assert alarms(business=next_door) == []
        assert not ProviderEvent.objects.exists()
        assert not PaymentAttempt.objects.exists()
