"""However often and in whatever order news is delivered, and whoever forges some: the books are the perfect day's."""

from __future__ import annotations

import json
import os
import random  # noqa: TID251 -- a seeded generator: the same deliveries every time
from collections.abc import Iterator
from typing import Any

import pytest
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import NOW
from tests.kit.cluster import DATABASE

from clientela.checkout.actions.receive_event import receive_event
from clientela.checkout.links import new_link
from clientela.checkout.models import (
    AttemptState,
    PaymentAttempt,
    ProviderEvent,
    Purpose,
    RefundOrder,
)
from clientela.checkout.providers.port import NotGenuine
from clientela.ledger.models import Grant, Movement, Payment, Redemption, Sale
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.slow, pytest.mark.req("PAY-01")]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
DELIVERIES = 100_000 if PROVE else 2_000 if DATABASE == "sqlite" else 700
MOST_REPEATS = 10
FORGED = 0.01
PRICE = 20_000
VISITS = 20
"""So many clients have an appointment that waits for a credit."""


class Shop:
    """One of two twins: the same clients, the same attempts to pay, books of its own."""

    def __init__(self, slug: str, attempts: int) -> None:
        self.business = factories.make_business(slug)
        with business_scope(self.business.pk):
            professional = factories.make_professional(self.business, "Irene")
            self.service = factories.make_service(self.business, professionals=(professional,))
            self.service.needs_credits = True
            self.service.save()
            self.account = till.connect(self.business)
            self.package = factories.make_package(self.service, sold_online="clients")
            people = max(VISITS, attempts // 8)
            self.clients = [self._client(number) for number in range(people)]
            self.attempts = [self._attempt(number) for number in range(attempts)]

    def _client(self, number: int) -> Client:
        client = factories.make_client(
            self.business, f"Client {number:02}", f"c{number}@example.com"
        )
        if number >= VISITS:
            return client
        start = ("09:00", "09:30", "10:00", "10:30", "11:00")[number // 4]
        at = factories.at(f"2026-12-0{1 + number % 4} {start}")
        factories.book(self.service, at, client=client, by=factories.STAFF)
        return client

    def _attempt(self, number: int) -> PaymentAttempt:
        """Write the row as ``start_payment`` does; opening thousands of pages proves nothing here."""
        nonce, digest = new_link()
        return PaymentAttempt.objects.create(
            business=self.business,
            provider_account=self.account,
            client=self.clients[number % len(self.clients)],
            purpose=Purpose.PACKAGE,
            package=self.package,
            amount_minor=PRICE,
            price_minor=PRICE,
            currency="EUR",
            state=AttemptState.OPEN,
            provider_ref=f"page-{number}",
            link_nonce=nonce,
            link_digest=digest,
            created_at=NOW,
            expires_at=LATER,
        )

    def events(self, seed: int) -> list[dict[str, Any]]:
        """Everything the provider has to say, in the order in which it happened."""
        chance = random.Random(seed)  # noqa: S311 -- seeded, no secret
        return [
            event
            for number, attempt in enumerate(self.attempts)
            for event in _life(chance, number, till.body_of(attempt))
        ]

    def deliver(self, body: dict[str, Any], *, forged: bool = False) -> None:
        """Push an event as bytes; a forged one must be thrown out."""
        raw, headers = till.signed(self.account, body)
        if forged:
            headers = {name: value[:-4] + "0000" for name, value in headers.items()}
            with pytest.raises(NotGenuine):
                receive_event(account=self.account, body=raw, headers=headers, now=LATER)
            return
        receive_event(account=self.account, body=raw, headers=headers, now=LATER)

    def books(self) -> str:
        """The ledger in one canonical text, without ids and times."""
        with business_scope(self.business.pk):
            return json.dumps(list(self._books()), indent=1, default=str)

    def _books(self) -> Iterator[Any]:
        yield sorted(
            Sale.objects.values_list(
                "client__record_name", "name", "price_minor", "state", "credits", "applies_on"
            )
        )
        yield sorted(
            [
                row[0] or "",
                *row[1:],
            ]
            for row in Payment.objects.values_list(
                "sale__client__record_name", "kind", "method", "amount_minor", "currency", "paid_on"
            )
        )
        yield sorted(
            Movement.objects.values_list(
                "from_account__kind", "to_account__kind", "amount", "happened_on"
            )
        )
        yield sorted(Grant.objects.values_list("client__record_name", "credits", "applies_on"))
        yield sorted(Redemption.objects.values_list("grant__client__record_name", "number", "on"))
        yield sorted(RefundOrder.objects.values_list("amount_minor", "because", "state"))
        yield sorted(PaymentAttempt.objects.values_list("provider_ref", "state"))


def _life(chance: random.Random, number: int, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One attempt's events: mostly paid, some refunded in parts, disputed, paid twice, refused, expired, wrong."""

    def say(kind: str, **fields: Any) -> dict[str, Any]:
        said = {"kind": kind, "id": f"event-{number}-{kind}", "page": f"page-{number}"}
        return {**base, **said, "payment": f"pay-{number}", **fields}

    what = chance.random()
    if chance.random() < 0.3:
        yield say("opened", payment="")
    if what < 0.1:
        yield say(chance.choice(["failed", "expired"]), payment="")
        return
    if what < 0.2:
        yield say("paid", id=f"event-{number}-wrong", payment=f"wrong-{number}", amount=1)
    if what < 0.3:
        yield say("expired", payment="")
    yield say("paid")
    if what < 0.4:
        yield say("paid", id=f"event-{number}-twice", payment=f"second-{number}")
    elif what < 0.6:
        for part, amount in enumerate((3_000, 5_000)):
            ref = f"refund-{number}-{part}"
            yield say("refunded", id=ref, refund=ref, amount=amount, attempt="", page="")
    elif what < 0.7:
        ref = f"dispute-{number}"
        yield say("disputed", attempt="", page="", refund=ref)
        yield say("dispute-lost", attempt="", page="", refund=ref)


def test_deliveries_repeated_shuffled_and_forged_leave_the_books_of_the_perfect_day(
    db: None,
) -> None:
    seed = 20261123
    attempts = max(DELIVERIES // 14, 20)
    perfect, real = Shop("the-perfect-day", attempts), Shop("the-real-world", attempts)
    for event in perfect.events(seed):
        perfect.deliver(event)

    chance = random.Random(seed + 1)  # noqa: S311 -- likewise
    events = real.events(seed)
    deliveries = [one for one in events for _ in range(chance.randint(1, MOST_REPEATS))]
    while len(deliveries) < DELIVERIES:
        deliveries.append(chance.choice(events))
    chance.shuffle(deliveries)
    forged = 0
    for event in deliveries:
        if chance.random() < FORGED:
            forged += 1
            real.deliver({**event, "id": f"forged-{forged}"}, forged=True)
        real.deliver(event)

    assert real.books() == perfect.books()
    with business_scope(real.business.pk):
        assert ProviderEvent.objects.count() == len(events)
        assert not ProviderEvent.objects.filter(state="waiting").exists()
        paid = Payment.objects.filter(kind="payment").count()
    print(
        f"{len(deliveries)} deliveries of {len(events)} events, {forged} forged besides: "
        f"{paid} payments, the books of both days are the same {len(real.books())} bytes"
    )


def test_the_comparison_sees_a_single_payment_that_is_counted_twice(db: None) -> None:
    one, other = Shop("one-day", 20), Shop("other-day", 20)
    for shop in (one, other):
        for event in shop.events(1):
            shop.deliver(event)
    assert one.books() == other.books()
    number = 0
    with business_scope(other.business.pk):
        attempt = other.attempts[number]
    other.deliver(
        {**till.body_of(attempt), "page": f"page-{number}", "payment": "one-more", "id": "one-more"}
    )
    assert one.books() != other.books()
