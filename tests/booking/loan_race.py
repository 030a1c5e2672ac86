"""Real processes that reach for the same credits of a household at once.

    python -m tests.booking.loan_race last COUNT     two borrow the last credit of one who lends
    python -m tests.booking.loan_race leave COUNT    leave is taken back while it is used
    python -m tests.booking.loan_race mutual COUNT   each has lent to the other; both cancel, and one sale is void
    python -m tests.booking.loan_race gone COUNT     the lender's card is joined to another, or forgotten, while it lends

Printed: what each process met, how long the slowest waited, and what the auditor finds afterwards.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402 -- after the set-up
from tests.booking.loans import who  # noqa: E402 -- likewise
from tests.factories import (  # noqa: E402 -- likewise
    NOW,
    STAFF,
    SYSTEM,
    book,
    make_business,
    make_client,
    make_professional,
    make_service,
    sell,
    set_hours,
)
from tests.people.families import card_of, household_with  # noqa: E402 -- likewise
from tests.people.persons import person  # noqa: E402 -- likewise

from clientela.auditor.audit import INVARIANTS  # noqa: E402 -- likewise
from clientela.auditor.breach import Question  # noqa: E402 -- likewise
from clientela.auditor.source import Source  # noqa: E402 -- likewise
from clientela.booking.actions.cancel import cancel_appointment  # noqa: E402 -- likewise
from clientela.booking.actions.lend_credit import lend_credit  # noqa: E402 -- likewise
from clientela.booking.models import Appointment  # noqa: E402 -- likewise
from clientela.business.models import Business  # noqa: E402 -- likewise
from clientela.catalogue.models import Service  # noqa: E402 -- likewise
from clientela.checkout.actions.void_sale import void_sale  # noqa: E402 -- likewise
from clientela.ledger.models import Redemption, Sale  # noqa: E402 -- likewise
from clientela.people.actions.choose_permissions import choose_permissions  # noqa: E402 -- likewise
from clientela.people.actions.erase_card import erase_card  # noqa: E402 -- likewise
from clientela.people.actions.merge_clients import merge_clients  # noqa: E402 -- likewise
from clientela.people.errors import PlanChanged  # noqa: E402 -- likewise
from clientela.people.models import Client, Proof  # noqa: E402 -- likewise
from clientela.people.queries.households import Permissions  # noqa: E402 -- likewise
from clientela.people.queries.merge_plan import merge_plan  # noqa: E402 -- likewise
from clientela.platform.actor import Actor  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

Lane = Callable[[int], object]


class World:
    """A business where a session is five minutes, and ``count`` households of three adults who all share."""

    def __init__(self, count: int) -> None:
        """Make it."""
        self.business: Business = make_business("loans")
        self.minutes = 0
        with business_scope(self.business.pk):
            worker = make_professional(self.business, hours=False)
            set_hours(worker, (0, 1440), days=range(7))
            self.service: Service = make_service(
                self.business,
                professionals=(worker,),
                duration_minutes=5,
                grid_minutes=5,
                lead_minutes=0,
                needs_credits=True,
            )
            self.families = [self._family(n) for n in range(count)]

    def _family(self, n: int) -> list[Client]:
        cards = [
            card_of(self.business, person(f"p{n}{k}@example.com", f"P {n} {k}")) for k in "abc"
        ]
        household_with(self.business, *cards, shares_credits=True)
        return cards

    def waits(self, card: Client) -> UUID:
        """An appointment of the card that is pending."""
        self.minutes += 5
        start = NOW + timedelta(days=1, minutes=self.minutes)
        return book(self.service, start, client=card, by=STAFF).appointment.pk

    def lends(self, row: UUID, lender: Client) -> object:
        """Use a credit of the lender for it, as the desk."""
        with business_scope(self.business.pk):
            lend_credit(
                appointment=Appointment.objects.get(pk=row),
                lender=Client.objects.get(pk=lender.pk),
                account=None,
                by=STAFF,
                now=NOW,
            )
        return "lent"

    def cancels(self, row: UUID) -> object:
        """Cancel it, so that its credit goes back."""
        with business_scope(self.business.pk):
            appointment = Appointment.objects.get(pk=row)
            cancel_appointment(appointment=appointment, by=STAFF, door="x", now=NOW)
        return "cancelled"


def last(world: World) -> list[Lane]:
    """The first has one credit; the second and the third ask for it."""
    rows = []
    for lender, *others in world.families:
        sell(lender, world.service)
        rows.append([world.waits(one) for one in others])
    return [
        partial(lambda k, n: world.lends(rows[n][k], world.families[n][0]), k) for k in range(2)
    ]


def leave(world: World) -> list[Lane]:
    """The first takes back while the second asks."""
    rows = []
    for lender, other, _ in world.families:
        sell(lender, world.service, credits=3)
        rows.append(world.waits(other))

    def take_back(n: int) -> object:
        card = world.families[n][0]
        by = Actor.client(who(card).pk)
        choose_permissions(
            account=who(card), client_id=card.pk, gives=Permissions(), by=by, now=NOW
        )
        return "taken back"

    return [take_back, lambda n: world.lends(rows[n], world.families[n][0])]


def mutual(world: World) -> list[Lane]:
    """Each of the two has lent to the other, and has something waiting."""
    rows, sales = [], []
    for one, other, _ in world.families:
        lent = [world.waits(one), world.waits(other)]
        # The first credit of each would redeem what waits of their own: it is booked afterwards.
        for row in lent:
            Appointment.objects.filter(pk=row).update(redemption="none")
        sales.append([sell(card, world.service).pk for card in (one, other)])
        for row, lender in zip(lent, (other, one), strict=True):
            Appointment.objects.filter(pk=row).update(redemption="pending")
            world.lends(row, lender)
        for card in (one, other):
            world.waits(card)
        rows.append(lent)

    def void(n: int) -> object:
        with business_scope(world.business.pk):
            sale = Sale.objects.get(pk=sales[n][0])
            void_sale(sale=sale, because="x", by=STAFF, now=NOW)
        return "void"

    return [*(partial(lambda k, n: world.cancels(rows[n][k]), k) for k in range(2)), void]


def gone(world: World) -> list[Lane]:
    """One asks and one cancels, while the lender's card is joined to another or forgotten."""
    asked, stood, others = [], [], []
    for n, (lender, second, third) in enumerate(world.families):
        sell(lender, world.service, credits=3)
        asked.append(world.waits(second))
        stood.append(world.waits(third))
        world.lends(stood[n], lender)
        others.append(make_client(world.business, f"Other {n}", f"other{n}@example.com"))

    def go(n: int) -> object:
        with business_scope(world.business.pk):
            card = Client.objects.get(pk=world.families[n][0].pk)
            if n % 2:
                erase_card(card=card, because="asked", by=SYSTEM, now=NOW)
                return "erased"
            join(card, Client.objects.get(pk=others[n].pk))
        return "joined"

    return [
        go,
        lambda n: world.lends(asked[n], world.families[n][0]),
        lambda n: world.cancels(stood[n]),
    ]


def join(card: Client, into: Client) -> None:
    """Let staff join them, looking again where a credit was used since they looked."""
    while True:
        try:
            merge_clients(
                card=card,
                into=into,
                proof=Proof.STAFF,
                plan_digest=merge_plan(card=card, into=into, now=NOW).digest,
                evidence="showed both",
                by=STAFF,
                now=NOW,
            )
        except PlanChanged:
            continue
        return


def run(lane: Lane, count: int, barrier: Any, tell: Any) -> None:
    """Go through every household, together with the other lanes; tell what came of each, and the longest wait."""
    met, slowest = [], 0.0
    for n in range(count):
        barrier.wait()
        began = time.monotonic()
        try:
            met.append(str(lane(n)))
        except Exception as error:  # noqa: BLE001 -- whatever happens is what is told
            met.append(f"{type(error).__name__}: {error}"[:200])
        slowest = max(slowest, time.monotonic() - began)
    tell.send((met, slowest))


def breaches() -> list[str]:
    """Ask the auditor, which shares no code with what was raced."""
    connection.ensure_connection()
    engine = "postgresql" if connection.vendor == "postgresql" else "sqlite"
    question = Question(Source(engine, connection.connection), NOW)
    asked = [one for one in INVARIANTS if one.name in {"INV-4", "INV-5", "INV-7", "INV-12"}]
    return [words for one in asked for words in one.examine(question)]


def main(which: str, count: int) -> dict[str, Any]:
    """Prepare, race, and look."""
    prepare = {"last": last, "leave": leave, "mutual": mutual, "gone": gone}[which]
    world = World(count)
    with business_scope(world.business.pk):
        lanes = prepare(world)
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(len(lanes))
    hearing, racers = [], []
    for lane in lanes:
        hear, tell = forks.Pipe(duplex=False)
        racers.append(forks.Process(target=run, args=(lane, count, barrier, tell)))
        racers[-1].start()
        hearing.append(hear)
    met: dict[str, int] = {}
    slowest = 0.0
    for hear in hearing:
        words, waited = hear.recv()
        slowest = max(slowest, waited)
        for word in words:
            met[word] = met.get(word, 0) + 1
    for racer in racers:
        racer.join()
    with system_scope("the race is over"):
        lent = Redemption.objects.filter(lent=True, released_at=None).count()
        return {"met": met, "slowest": slowest, "lent": lent, "breaches": breaches()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
