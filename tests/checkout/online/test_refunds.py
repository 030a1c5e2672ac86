"""Refunds by the provider: once, whatever breaks on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import STAFF

from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.checkout.actions.open_payment_page import open_payment_page
from clientela.checkout.actions.reconcile import read_lost_news, reconcile
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.send_refunds import retry_refund, send_refunds
from clientela.checkout.actions.simulate_payment import tell_simulated_news
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.models import (
    OrderState,
    PaymentAttempt,
    ProviderAccount,
    Purpose,
    RefundOrder,
    SimulatedNews,
    SimulatedPayment,
)
from clientela.checkout.providers.port import Page, PageWanted, ProviderRefused, ProviderSilent
from clientela.checkout.providers.simulator import Simulator
from clientela.checkout.queries.online import failed_refunds
from clientela.ledger.models import Sale
from clientela.people.models import Client

HOUR = timedelta(hours=1)


@pytest.fixture
def sale(account: ProviderAccount, package: Package, client_card: Client) -> Sale:
    """A package that Ana paid online."""
    till.pay(till.begin(client_card, Purpose.PACKAGE, package=package))
    return Sale.objects.get(client=client_card)


def work(start: datetime, *, hours: int = 2) -> None:
    """Let the worker do its rounds, a minute apart."""
    for minute in range(hours * 60):
        now = start + timedelta(minutes=minute)
        send_refunds(now=now)
        tell_simulated_news(now=now)
        reconcile(now=now)


def test_a_void_sale_s_money_goes_back_the_way_it_came(
    business: Business, account: ProviderAccount, sale: Sale
) -> None:
    void_sale(sale=sale, because="moved away", refund_by=None, by=STAFF, now=LATER)
    assert send_refunds(now=LATER) == 1
    assert (
        till.sums(business) == till.provider_sums(account) == {"payment": 20_000, "refund": 20_000}
    )
    sale.refresh_from_db()
    assert sale.state == "refunded"
    # The provider's own news of it changes nothing.
    tell_simulated_news(now=LATER)
    assert till.sums(business)["refund"] == 20_000


def test_a_part_goes_back(business: Business, account: ProviderAccount, sale: Sale) -> None:
    refund_sale(sale=sale, amount_minor=5_000, method=None, because="kind", by=STAFF, now=LATER)
    send_refunds(now=LATER)
    assert (
        till.sums(business) == till.provider_sums(account) == {"payment": 20_000, "refund": 5_000}
    )


class Outage:
    """The provider, silent for a while: before it does anything, or after it did it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, until: datetime, accepts: bool) -> None:
        self.calls = 0
        self.until, self.accepts = until, accepts
        for name in ("open_page", "refund", "charge_kept", "look_up"):
            monkeypatch.setattr(Simulator, name, self._wrap(getattr(Simulator, name)))

    def _wrap(self, real: Any) -> Any:
        def call(provider: Simulator, *args: Any, **words: Any) -> Any:
            self.calls += 1
            if words["now"] >= self.until:
                return real(provider, *args, **words)
            if self.accepts:
                real(provider, *args, **words)
            raise ProviderSilent

        return call


@pytest.mark.req("PAY-05")
@pytest.mark.parametrize("accepts", [False, True], ids=["down", "times out after accepting"])
def test_after_an_hour_of_silence_the_money_has_gone_back_once(
    business: Business,
    account: ProviderAccount,
    sale: Sale,
    monkeypatch: pytest.MonkeyPatch,
    accepts: bool,
) -> None:
    void_sale(sale=sale, because="moved away", refund_by=None, by=STAFF, now=LATER)
    outage = Outage(monkeypatch, until=LATER + HOUR, accepts=accepts)
    work(LATER)
    assert (
        till.sums(business) == till.provider_sums(account) == {"payment": 20_000, "refund": 20_000}
    )
    assert RefundOrder.objects.get().state == OrderState.DONE
    assert outage.calls < 20, "it is asked less and less often"


@pytest.mark.req("PAY-05")
@pytest.mark.parametrize("accepts", [False, True], ids=["down", "times out after accepting"])
def test_a_page_that_could_not_be_opened_is_one_page_once_it_can(
    account: ProviderAccount,
    package: Package,
    client_card: Client,
    monkeypatch: pytest.MonkeyPatch,
    accepts: bool,
) -> None:
    Outage(monkeypatch, until=LATER, accepts=accepts)
    with pytest.raises(ProviderSilent):
        till.begin(client_card, Purpose.PACKAGE, package=package)
    attempt = till.begin(client_card, Purpose.PACKAGE, package=package, now=LATER)
    assert SimulatedPayment.objects.count() == 1
    till.pay(attempt, now=LATER)
    assert Sale.objects.get().state == "paid"


def test_a_provider_that_says_no_makes_it_a_person_s_business(
    business: Business, account: ProviderAccount, sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: Any, **__: Any) -> str:
        raise ProviderRefused("account-closed")

    void_sale(sale=sale, because="moved away", refund_by=None, by=STAFF, now=LATER)
    with monkeypatch.context() as patch:
        patch.setattr(Simulator, "refund", no)
        send_refunds(now=LATER)
    (order,) = failed_refunds(business=business)
    assert (order.state, order.reason, order.try_at) == (OrderState.FAILED, "account-closed", None)
    assert till.sums(business)["refund"] == 0
    assert retry_refund(order=order, by=STAFF, now=LATER)
    assert not retry_refund(order=order, by=STAFF, now=LATER)
    send_refunds(now=LATER)
    assert till.sums(business)["refund"] == 20_000


def test_a_refusal_ends_the_attempt_and_says_so(
    account: ProviderAccount,
    package: Package,
    client_card: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no(_: Simulator, wanted: PageWanted, *, now: datetime) -> Page:
        raise ProviderRefused("amount-not-possible")

    monkeypatch.setattr(Simulator, "open_page", no)
    with pytest.raises(ProviderRefused):
        till.begin(client_card, Purpose.PACKAGE, package=package)
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.reason) == ("failed", "amount-not-possible")


@pytest.mark.req("PAY-06")
def test_a_refund_made_at_the_provider_that_nobody_told_us_of_is_read_from_its_list(
    business: Business, account: ProviderAccount, sale: Sale
) -> None:
    payment = SimulatedPayment.objects.get()
    provider = Simulator(account_ref=account.remote_id, hook_secret="")
    provider.refund(
        payment_ref=payment.payment_ref, amount_minor=700, currency="EUR", key="by hand", now=LATER
    )
    SimulatedNews.objects.filter(told_at__isnull=True).update(due_at=None)
    work(LATER, hours=1)
    assert till.sums(business)["refund"] == 0
    assert read_lost_news(now=LATER + HOUR) == 1
    assert till.sums(business) == till.provider_sums(account) == {"payment": 20_000, "refund": 700}
    assert read_lost_news(now=LATER + HOUR) == 0


def test_open_payment_page_finds_the_page_that_stands(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    attempt = till.begin(client_card, Purpose.PACKAGE, package=package)
    assert open_payment_page(attempt=attempt, now=LATER) == attempt.pay_url
