"""Random histories: whatever happens to markers and statuses, what is settled and adjusted is what is earned.

Cards are merged and parted in any order, appointments booked, cancelled, attended, missed and corrected, statements
closed in between, and each event is heard twice. Checked from the rows alone.
"""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM, at, book
from tests.payouts.hearing import hear

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.reclassify_appointment import reclassify_appointment
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.models import Appointment, Attribution, Channel, MarkedFor, Status
from clientela.booking.queries.explain_marker import explain_marker, open_grounds, replayed
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.actions.add_commission import add_commission
from clientela.payouts.actions.close_statement import close_statement
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.drafts import drafts
from clientela.payouts.queries.statement_sheet import statement_sheet
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Merge, Proof
from clientela.people.queries.living_cards import living_cards
from clientela.platform.refusal import Refusal
from clientela.rules.attribution import MarkerPolicy, Newness

STEPS = 1_500 if os.environ.get("CLIENTELA_PROVE") == "1" else 110
SHARES = {"new": 4000, "returning": 6500}


@dataclass
class History:
    """A business's life, drawn at random; ``now`` goes on."""

    business: Business
    services: list[Service]
    people: list[Professional]
    draw: random.Random
    now: datetime = NOW
    done: Counter[str] = field(default_factory=Counter)

    def step(self) -> None:
        often = (self.book, self.book, self.settle, self.settle, self.later)
        rare = (self.correct, self.correct, self.cancel, self.merge, self.part, self.close,
                self.say, self.policy, self.move)  # fmt: skip
        act = self.draw.choice((*often, *rare))
        try:
            act()
        except Refusal as refusal:
            self.done[f"{act.__name__}: {refusal.reason}"] += 1
        else:
            self.done[act.__name__] += 1
        if self.draw.random() < 0.5:
            hear(self.now)

    def start(self) -> datetime:
        day = at("2026-11-23 09:00") + (self.now - NOW) // timedelta(days=1) * timedelta(days=1)
        return day + timedelta(days=self.draw.randrange(3), minutes=30 * self.draw.randrange(16))

    def row(self, *statuses: Status, begun: bool = False) -> Appointment:
        rows = Appointment.objects.filter(status__in=statuses).order_by("id")
        found = list(rows.filter(starts_at__lte=self.now) if begun else rows)
        if not found:
            raise Refusal("nothing-there")
        return self.draw.choice(found)

    def book(self) -> None:
        card = self.draw.choice(list(living_cards().filter(business=self.business).order_by("id")))
        channel = self.draw.choice((Channel.WEB, Channel.STAFF, Channel.IMPORT))
        service = self.draw.choice(self.services)
        book(service, self.start(), client=card, by=STAFF, channel=channel, now=self.now)

    def move(self) -> None:
        row = self.row(Status.CONFIRMED)
        reschedule_appointment(
            appointment=row, starts_at=self.start(), professional=self.draw.choice(self.people),
            by=STAFF, door="x", now=self.now,
        )  # fmt: skip

    def settle(self) -> None:
        row = self.row(Status.CONFIRMED, begun=True)
        act = self.draw.choice((mark_attended, mark_attended, mark_no_show))
        act(appointment=row, by=STAFF, now=self.now)

    def correct(self) -> None:
        row = self.row(Status.ATTENDED, Status.NO_SHOW)
        to = self.draw.choice((Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW))
        correct_status(appointment=row, to=to, by=STAFF, now=self.now)

    def cancel(self) -> None:
        cancel_appointment(appointment=self.row(Status.CONFIRMED), by=STAFF, door="x", now=self.now)

    def merge(self) -> None:
        cards = list(living_cards().filter(business=self.business).order_by("id"))
        if len(cards) < 2:
            raise Refusal("nothing-there")
        card, into = self.draw.sample(cards, 2)
        merge_clients(card=card, into=into, proof=Proof.LOG_IN, by=STAFF, now=self.now)

    def part(self) -> None:
        merges = list(Merge.objects.filter(undone_at__isnull=True).order_by("id"))
        if not merges:
            raise Refusal("nothing-there")
        unmerge_clients(merge=self.draw.choice(merges), by=STAFF, now=self.now)

    def say(self) -> None:
        row = self.row(Status.CONFIRMED, Status.ATTENDED)
        explained = explain_marker(row)
        assert explained is not None
        grounds = open_grounds(explained=explained, by=SYSTEM)
        if not grounds:
            raise Refusal("nothing-there")
        to = Newness.NEW if explained.row.value == "returning" else Newness.RETURNING
        reclassify_appointment(
            appointment=row, to=to, ground=self.draw.choice(grounds), by=SYSTEM, now=self.now
        )

    def policy(self) -> None:
        policy = self.draw.choice(list(MarkerPolicy))
        choose_marker_policy(business=self.business, policy=policy, by=STAFF, now=self.now)

    def close(self) -> None:
        person = self.draw.choice(self.people)
        last_on = (self.now - timedelta(days=1)).date()
        close_statement(
            professional=person, last_on=last_on, currency="EUR", by=STAFF, now=self.now
        )

    def later(self) -> None:
        self.now += timedelta(hours=self.draw.randrange(2, 30))


def check(history: History) -> None:
    """Compare every row with what it is worth, in another way than the actions do."""
    newest: dict[UUID, Attribution] = {}
    for row in Attribution.objects.order_by("number"):
        marker = replayed(row)
        # The stored version reproduces it from what is kept.
        assert (marker.value, marker.reason) == (row.value, row.reason)
        newest[row.appointment_id] = row
    living = [one.pk for one in Client.objects.filter(merged_into__isnull=True)]
    again = mark_appointments(
        business_id=history.business.pk,
        client_ids=living,
        marked_for=MarkedFor.CHANGED,
        now=history.now,
    )
    assert again == []  # nothing is left to be marked

    counted: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for line in StatementLine.objects.filter(adjustment__isnull=True):
        counted[line.appointment_id, line.professional_id] += line.amount_minor
    for one in Adjustment.objects.all():
        counted[one.appointment_id, one.professional_id] += one.amount_minor
    for (appointment, person), sum_minor in counted.items():
        visit = Appointment.objects.get(pk=appointment)
        takes = visit.status == Status.ATTENDED and visit.professional_id == person
        share = SHARES[newest[appointment].value]
        assert sum_minor == ((visit.price_minor * share * 2 + 10_000) // 20_000 if takes else 0)
    for statement in Statement.objects.all():
        lines = list(statement.lines.all())
        assert statement.total_minor == sum(one.amount_minor for one in lines)
        assert all(row.is_told for row in statement_sheet(statement).rows)

    # Nothing that was attended is lost: it is counted, or in somebody's open period.
    waiting = {
        visit.appointment.pk
        for draft in drafts(business_id=history.business.pk, last_on=date(2030, 1, 1)).values()
        for visit in draft.visits
    }
    for visit in Appointment.objects.filter(status=Status.ATTENDED):
        has_own = (visit.pk, visit.professional_id) in counted
        assert has_own != (visit.pk in waiting)


@pytest.mark.req("L5", "S0.9", "S0.10")
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_settled_and_adjusted_is_what_is_earned(
    business: Business, professional: Professional, colleague: Professional, seed: int
) -> None:
    both = (professional, colleague)
    prices = (6001, 3333)
    services = [
        factories.make_service(business, f"S{price}", professionals=both, price_minor=price)
        for price in prices
    ]
    for number in range(4):
        factories.make_client(business, f"Client {number}", f"c{number}@example.com")
    add_commission(
        business=business, new_share=SHARES["new"], returning_share=SHARES["returning"],
        valid_from=date(2026, 1, 1), by=STAFF, now=NOW,
    )  # fmt: skip
    history = History(business, services, list(both), random.Random(seed))  # noqa: S311 -- a seeded driver
    for _ in range(STEPS):
        history.step()
    hear(history.now)
    check(history)
    print("seed", seed, history.done)
    assert Adjustment.objects.exists()
    assert min(history.done[act] for act in ("merge", "part", "close")) > 0
