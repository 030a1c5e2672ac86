"""Stripe, by its real library, against a server that speaks its wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import stripe
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.fake_stripe import FakeStripe, serving
from tests.checkout.online.till import LATER
from tests.factories import NOW, STAFF

from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.charge_no_show_fee import charge_no_show_fee
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.end_provider import end_provider
from clientela.checkout.actions.receive_event import receive_event
from clientela.checkout.actions.reconcile import read_lost_news, reconcile
from clientela.checkout.actions.remove_card import remove_card
from clientela.checkout.actions.renew_secrets import renew_secrets
from clientela.checkout.actions.send_refunds import send_refunds
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.consent import Consent
from clientela.checkout.models import (
    KeptCard,
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    ProviderName,
    Purpose,
    RefundOrder,
)
from clientela.checkout.payment_errors import SecretRefused
from clientela.checkout.providers.port import CardRefused, ProviderRefused, ProviderSilent
from clientela.checkout.providers.stripe_units import ours, theirs
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.people.models import Client

HOOK = "whsec_test"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeStripe]:
    """Stripe, on this machine."""
    books = FakeStripe()
    with serving(books) as address:
        monkeypatch.setattr("clientela.checkout.providers.stripe.API_BASE", address)
        monkeypatch.setattr("stripe._http_client.HTTPClient.INITIAL_DELAY", 0.0)
        yield books


@pytest.fixture
def account(fake: FakeStripe, business: Business, scope: None) -> ProviderAccount:
    """The business's Stripe account."""
    return connect_provider(
        business=business,
        provider=ProviderName.STRIPE,
        secret=" sk_test_1 ",
        hook_secret=HOOK,
        by=STAFF,
        now=NOW,
    )


@pytest.fixture
def attempt(account: ProviderAccount, package: Package, client_card: Client) -> PaymentAttempt:
    """Ana is on the hosted page to buy a package."""
    return till.begin(client_card, Purpose.PACKAGE, package=package)


def push(account: ProviderAccount, event: dict[str, Any]) -> ProviderEvent:
    """Push an event, signed by the real library."""
    body = json.dumps(event)
    header = stripe.WebhookSignature.generate_signature_header(
        body, HOOK, timestamp=int(LATER.timestamp())
    )
    return receive_event(
        account=account, body=body.encode(), headers={"Stripe-Signature": header}, now=LATER
    )


def test_connecting_proves_the_secret_and_seals_it(
    fake: FakeStripe, business: Business, account: ProviderAccount
) -> None:
    assert account.remote_id == "acct_1"
    kept = ProviderAccount.objects.filter(pk=account.pk).values_list().get()
    assert not any("sk_test" in str(value) or HOOK in str(value) for value in kept)
    assert online_account(business) == account
    assert renew_secrets(now=LATER) == 0
    assert end_provider(business=business, by=STAFF, now=LATER)
    assert not end_provider(business=business, by=STAFF, now=LATER)
    assert online_account(business) is None


def test_a_changed_key_changes_nothing_of_what_is_under_way(
    fake: FakeStripe, business: Business, account: ProviderAccount, attempt: PaymentAttempt
) -> None:
    def again() -> ProviderAccount:
        return connect_provider(
            business=business,
            provider=ProviderName.STRIPE,
            secret=fake.secret,
            hook_secret=HOOK,
            by=STAFF,
            now=LATER,
        )

    fake.secret = "sk_test_2"
    assert again().pk == account.pk
    # Ended and connected again: the news may come to either address, and the attempt is still the one.
    end_provider(business=business, by=STAFF, now=LATER)
    anew = again()
    assert anew.pk != account.pk
    row = push(account, fake.complete("cs_1"))
    assert row.state == "applied"
    row = push(anew, fake.tell("payment_intent.succeeded", _intent(attempt)))
    assert row.reason == "already-recorded"


def _intent(attempt: PaymentAttempt) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "metadata": {"attempt": str(attempt.pk)},
        "amount_received": 20_000,
        "currency": "eur",
    }


@pytest.mark.parametrize(
    ("secret", "hook_secret", "field"),
    [
        ("sk_test_wrong", HOOK, "secret"),
        ("pk_test_1", HOOK, "secret"),
        ("", HOOK, "secret"),
        ("sk_test_ñ", HOOK, "secret"),
        ("sk_" + "x" * 300, HOOK, "secret"),
        ("sk_test_1", "", "hook_secret"),
        ("sk_test_1", "sk_test_1", "hook_secret"),
    ],
)
def test_a_wrong_secret_is_refused_and_nothing_is_kept(
    fake: FakeStripe, business: Business, scope: None, secret: str, hook_secret: str, field: str
) -> None:
    with pytest.raises(SecretRefused) as refused:
        connect_provider(
            business=business,
            provider=ProviderName.STRIPE,
            secret=secret,
            hook_secret=hook_secret,
            by=STAFF,
            now=NOW,
        )
    assert refused.value.field == field
    assert not ProviderAccount.objects.exists()


def test_a_provider_that_is_down_keeps_nothing(
    fake: FakeStripe, business: Business, scope: None
) -> None:
    fake.fails = [500, 500]
    with pytest.raises(ProviderSilent):
        connect_provider(
            business=business,
            provider=ProviderName.STRIPE,
            secret="sk_test_1",
            hook_secret=HOOK,
            by=STAFF,
            now=NOW,
        )
    assert not ProviderAccount.objects.exists()


def test_a_hosted_page_is_asked_for_with_no_more_than_it_needs(
    fake: FakeStripe, attempt: PaymentAttempt
) -> None:
    _, path, given = fake.asked[-1]
    assert path == "/v1/checkout/sessions"
    assert given.pop("success_url") == given.pop("cancel_url")
    assert int(given.pop("expires_at")) == int((NOW + timedelta(hours=1)).timestamp())
    assert given == {
        "mode": "payment",
        "client_reference_id": str(attempt.pk),
        "metadata[attempt]": str(attempt.pk),
        "payment_intent_data[metadata][attempt]": str(attempt.pk),
        "allowed_payment_method_types[0]": "card",
        "adaptive_pricing[enabled]": "false",
        "customer_email": "ana@example.com",
        "locale": "es",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "20000",
        "line_items[0][price_data][product_data][name]": "Bono 5",
    }
    assert attempt.pay_url == "https://checkout.example/cs_1"


def test_a_paid_page_is_told_read_and_applied(
    fake: FakeStripe, account: ProviderAccount, attempt: PaymentAttempt
) -> None:
    assert push(account, fake.complete("cs_1")).state == "applied"
    again = push(account, fake.tell("payment_intent.succeeded", _intent(attempt)))
    assert (again.state, again.reason) == ("ignored", "already-recorded")
    sale = Sale.objects.get()
    assert (sale.state, sale.payments.get().provider_ref) == ("paid", "pi_1")


def test_a_test_event_at_a_live_account_pays_nothing(
    fake: FakeStripe, account: ProviderAccount, attempt: PaymentAttempt
) -> None:
    row = push(account, {**fake.complete("cs_1"), "livemode": True})
    assert (row.state, row.reason) == ("quarantined", "other-account")
    assert not Sale.objects.exists()


def test_what_was_never_pushed_is_looked_up_and_read_from_the_list(
    fake: FakeStripe, business: Business, account: ProviderAccount, attempt: PaymentAttempt
) -> None:
    fake.complete("cs_1")
    reconcile(now=LATER)
    attempt.refresh_from_db()
    assert attempt.state == "paid"
    refund = {
        "id": "re_by_hand",
        "object": "refund",
        "status": "succeeded",
        "amount": 500,
        "currency": "eur",
        "payment_intent": "pi_1",
        "metadata": {},
    }
    fake.tell("refund.created", refund)
    assert read_lost_news(now=LATER) == 2
    assert till.sums(business) == {"payment": 20_000, "refund": 500}


def test_a_page_past_its_time_is_closed_there(fake: FakeStripe, attempt: PaymentAttempt) -> None:
    reconcile(now=attempt.expires_at)
    assert fake.sessions["cs_1"]["status"] == "expired"
    attempt.refresh_from_db()
    assert attempt.state == "expired"


@pytest.mark.req("PAY-05")
@pytest.mark.parametrize("forgets", [False, True], ids=["next minute", "after a day"])
@pytest.mark.parametrize("status", [0, 500, 503, 429])
def test_a_refund_whose_answer_got_lost_is_made_once(
    fake: FakeStripe,
    business: Business,
    account: ProviderAccount,
    attempt: PaymentAttempt,
    status: int,
    forgets: bool,
) -> None:
    push(account, fake.complete("cs_1"))
    void_sale(sale=Sale.objects.get(), because="moved", refund_by=None, by=STAFF, now=LATER)
    fake.accepts_before_failing = True
    fake.fails = [status] * 4
    send_refunds(now=LATER)
    assert till.sums(business)["refund"] == 0
    fake.fails, fake.forgets_keys = [], forgets
    send_refunds(now=LATER + timedelta(hours=25))
    assert RefundOrder.objects.get().state == "done"
    assert [one["amount"] for one in fake.refunds] == [20_000]
    assert till.sums(business) == {"payment": 20_000, "refund": 20_000}
    event = push(account, fake.tell("refund.created", fake.refunds[0]))
    assert (event.state, event.reason) == ("ignored", "already-recorded")


def test_a_card_is_kept_charged_once_and_forgotten(
    fake: FakeStripe, business: Business, account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(
        paid_service, "2026-11-24 10:00", only_card=True, consent=Consent(2_000)
    )
    assert fake.asked[-1][2]["mode"] == "setup"
    push(account, fake.complete("cs_1"))
    card = KeptCard.objects.get()
    assert (card.customer_ref, card.card_ref, card.last_digits) == ("cus_1", "pm_1", "4242")
    after = factories.at("2026-11-24 11:00")
    missed = mark_no_show(appointment=till.fresh(paying.booked.appointment), by=STAFF, now=after)
    KeptCard.objects.update(card_ref="pm_refused")
    with pytest.raises(CardRefused):
        charge_no_show_fee(appointment=missed, by=STAFF, now=after)
    KeptCard.objects.update(card_ref="pm_1")
    fake.accepts_before_failing = True
    fake.fails = [0, 0]
    with pytest.raises(ProviderSilent):
        charge_no_show_fee(appointment=missed, by=STAFF, now=after)
    fake.forgets_keys = True
    reconcile(now=after + timedelta(hours=1))
    assert till.sums(business) == {"payment": 2_000, "refund": 0}
    assert len(fake.intents) == 1
    assert remove_card(card=KeptCard.objects.get(), by=STAFF, now=after)
    assert fake.asked[-1][1] == "/v1/payment_methods/pm_1/detach"


def test_a_dispute_rings_and_one_that_is_lost_is_written_down(
    fake: FakeStripe, business: Business, account: ProviderAccount, attempt: PaymentAttempt
) -> None:
    push(account, fake.complete("cs_1"))
    dispute = {
        "id": "dp_1",
        "payment_intent": "pi_1",
        "amount": 20_000,
        "currency": "eur",
        "status": "needs_response",
    }
    assert push(account, fake.tell("charge.dispute.created", dispute)).reason == "disputed"
    lost = fake.tell("charge.dispute.closed", {**dispute, "status": "lost"})
    assert push(account, lost).reason == "dispute-lost"
    assert till.sums(business) == {"payment": 20_000, "refund": 20_000}


def test_events_of_other_things_of_the_same_account_are_none_of_ours(
    fake: FakeStripe, account: ProviderAccount
) -> None:
    for kind, thing in (
        ("customer.created", {"id": "cus_9"}),
        ("payment_intent.succeeded", {"id": "pi_9", "amount_received": 1, "currency": "eur"}),
        (
            "checkout.session.completed",
            {"id": "cs_9", "payment_status": "paid", "amount_total": 1, "currency": "eur"},
        ),
    ):
        row = push(account, fake.tell(kind, thing))
        assert (row.state, row.reason) == ("ignored", "not-ours"), kind


@pytest.mark.req("PAY-07")
@pytest.mark.parametrize(
    ("minor", "currency", "there"),
    [(4800, "EUR", 4800), (4800, "JPY", 4800), (1230, "KWD", 1230), (48, "ISK", 4800)],
)
def test_amounts_are_said_as_they_are_counted_there(minor: int, currency: str, there: int) -> None:
    assert theirs(minor, currency) == there
    assert ours(there, currency) == minor


def test_an_amount_that_cannot_be_said_there_is_refused() -> None:
    with pytest.raises(ProviderRefused):
        theirs(1_234, "KWD")
    with pytest.raises(ValueError, match="fraction"):
        ours(4_801, "ISK")
