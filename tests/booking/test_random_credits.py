"""Random histories of one client: whatever is done in any order, after each act booking and ledger say the same.

Checked from the rows, in another way than the actions take: a credit stands for an appointment exactly when the
appointment says so, on a day and of a service that its grant covers; none is used twice or made; and nothing is
pending that a credit could redeem. What a move would do to the credit is compared with what it did.
"""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from tests import factories
from tests.factories import GUEST, NOW, STAFF, SYSTEM, at, book, hold

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.credit import reopen_credits
from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.actions.take_from_hold import take_from_hold
from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.actions.write_appointment import held_card
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.credit_after_move import credit_after_move
from clientela.business.models import BookingPolicy, Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.ledger.actions.close_sale import close_sale
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Grant, Movement, Redemption, Sale
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.platform.refusal import Refusal

STEPS = 1_000 if os.environ.get("CLIENTELA_PROVE") == "1" else 60
FIRST = at("2026-11-24 09:00")
USES = {"redeemed", "forfeited"}
SAYS_AFTER = {"keeps": "redeemed", "other": "redeemed", "pending": "pending", "none": "none"}


@dataclass
class History:
    """One client's life at a business, drawn at random; ``now`` goes on."""

    business: Business
    location: Location
    services: list[Service]
    card: Client
    draw: random.Random
    now: datetime = NOW
    done: Counter[str] = field(default_factory=Counter)
    names: count[int] = field(default_factory=count)

    def step(self) -> None:
        """Do one thing; what is refused has changed nothing, and counts as that."""
        acts = (self.book, self.book, self.move, self.cancel, self.note, self.sell, self.sell)
        rare = (self.void, self.waive, self.hold, self.correct, self.join, self.later, self.policy)
        act: Callable[[], None] = self.draw.choice((*acts, *acts, *rare))
        try:
            act()
        except Refusal as refusal:
            self.done[f"{act.__name__}: {refusal.reason}"] += 1
        else:
            self.done[act.__name__] += 1

    def start(self) -> datetime:
        """A start within eight working days around now."""
        return FIRST + timedelta(
            days=self.draw.randrange(8), hours=self.draw.randrange(8), minutes=30
        )

    def row(self, *statuses: Status) -> Appointment:
        """One of the appointments in these states; refuses where there is none."""
        rows = list(Appointment.objects.filter(status__in=statuses).order_by("id"))
        if not rows:
            raise Refusal("nothing-there")
        return self.draw.choice(rows)

    def book(self) -> None:
        service = self.draw.choice(self.services)
        book(service, self.start(), client=self.card, by=STAFF, now=self.now)

    def hold(self) -> None:
        service = self.draw.choice(self.services)
        held = hold(service, self.start(), client=self.card, by=STAFF, now=self.now).appointment
        if self.draw.random() < 0.5:
            take_from_hold(appointment=held, by=SYSTEM, now=self.now)
        else:
            end_hold(appointment=held, now=self.now)

    def move(self) -> None:
        row, start = self.row(Status.CONFIRMED), self.start()
        said = credit_after_move(appointment=row, starts_at=start, location=self.location)
        moved = reschedule_appointment(
            appointment=row, starts_at=start, by=STAFF, door="x", now=self.now
        )
        if moved.sequence != row.sequence:
            assert moved.redemption == SAYS_AFTER[said.value]

    def cancel(self) -> None:
        row = self.row(Status.CONFIRMED)
        by = self.draw.choice((GUEST, STAFF))
        forfeits = None if by is GUEST else self.draw.choice((None, True, False))
        cancel_appointment(appointment=row, by=by, door="x", forfeits=forfeits, now=self.now)

    def note(self) -> None:
        row = self.row(Status.CONFIRMED)
        act = self.draw.choice((mark_attended, mark_no_show))
        act(appointment=row, by=STAFF, now=self.now)

    def correct(self) -> None:
        row = self.row(Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW)
        to = self.draw.choice((Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW))
        correct_status(appointment=row, to=to, by=STAFF, now=self.now)

    def sell(self) -> None:
        applies_on = date(2026, 11, 20) + timedelta(days=self.draw.randrange(10))
        ends = self.draw.choice((None, applies_on + timedelta(days=self.draw.randrange(6))))
        what = self.draw.choice(self.services)
        first = ""
        if self.draw.random() < 0.3:
            first = cause_of(self.row(Status.CONFIRMED, Status.NO_SHOW).pk)
        factories.sell(
            self.card,
            what,
            credits=1 if first else self.draw.randrange(1, 4),
            applies_on=applies_on,
            valid_until=ends,
            cause=first,
            now=self.now,
        )

    def void(self) -> None:
        sales = list(Sale.objects.filter(voided_at__isnull=True).order_by("id"))
        if not sales:
            raise Refusal("nothing-there")
        with transaction.atomic():
            lock_credits(held_card(self.card).pk)
            causes = close_sale(sale=self.draw.choice(sales), because="x", by=STAFF, now=self.now)
            reopen_credits(causes=causes, now=self.now)

    def waive(self) -> None:
        row = self.row(Status.CONFIRMED, Status.NO_SHOW)
        waive_redemption(appointment=row, by=STAFF, now=self.now)

    def join(self) -> None:
        name = f"Twin {next(self.names)}"
        twin = factories.make_client(self.business, name, f"{name[5:]}@example.com")
        factories.sell(twin, self.services[0], now=self.now)
        book(self.services[0], self.start(), client=twin, by=STAFF, now=self.now)
        self.card, gone = self.draw.choice(((self.card, twin), (twin, self.card)))
        take_up_card(card=gone, into=self.card, proof=Proof.LOG_IN, by=STAFF, now=self.now)

    def later(self) -> None:
        self.now += timedelta(hours=self.draw.randrange(1, 30))

    def policy(self) -> None:
        BookingPolicy.objects.update(
            cancel_free_minutes=self.draw.choice((None, 24 * 60, 72 * 60)),
            cancel_closes_minutes=self.draw.choice((0, 60)),
            no_show_forfeits=self.draw.choice((True, False)),
        )


def check() -> None:
    """Compare the appointments with the books, row by row."""
    rows = list(Appointment.objects.select_related("service"))
    standing = {one.cause: one for one in Redemption.objects.filter(released_at__isnull=True)}
    grants = {one.pk: one for one in Grant.objects.prefetch_related("services")}
    assert {cause_of(one.pk) for one in rows if one.redemption in USES} == set(standing)
    by_cause = {cause_of(one.pk): one for one in rows}
    spent = Counter((one.grant_id, one.number) for one in standing.values())
    assert max(spent.values(), default=0) <= 1
    for cause, used in standing.items():
        row, grant = by_cause[cause], grants[used.grant_id]
        assert used.forfeited == (row.redemption == "forfeited")
        assert (grant.closed_at, grant.client_id) == (None, row.client_id)
        assert used.on == date.fromisoformat(row.promised_local[:10])
        assert fits(grant, row)
    for row in rows:
        ended = row.status in {Status.CANCELLED, Status.DECLINED, Status.HELD}
        assert row.redemption != "pending" or not ended
        if row.redemption == "pending":
            assert row.service.needs_credits
            assert not [one for one in grants.values() if has_free(one, spent) and fits(one, row)]
    credits_given = sum(one.credits for one in grants.values() if one.closed_at is None)
    assert credits_given == opened() + len(standing)


def fits(grant: Grant, row: Appointment) -> bool:
    on = date.fromisoformat(row.promised_local[:10])
    return (
        grant.client_id == row.client_id
        and row.service_id in {one.service_id for one in grant.services.all()}
        and grant.applies_on <= on <= (grant.valid_until or date.max)
    )


def has_free(grant: Grant, spent: Counter[tuple[object, int]]) -> bool:
    used = sum(grant_id == grant.pk for grant_id, _ in spent)
    return grant.closed_at is None and used < grant.credits


def opened() -> int:
    """What stands in the accounts of credits that can be used, by their movements."""
    rows = Movement.objects.filter(unit__startswith="credit:").values_list(
        "from_account__kind", "to_account__kind", "amount"
    )
    return sum(n * ((to == "open") - (out == "open")) for out, to, n in rows)


@pytest.mark.req("INV-4")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_every_act_booking_and_ledger_say_the_same(
    business: Business,
    location: Location,
    professional: Professional,
    colleague: Professional,
    client_card: Client,
    seed: int,
) -> None:
    print(f"seed {seed}")
    people = (professional, colleague)
    services = [
        factories.make_service(business, "A", professionals=people, needs_credits=True),
        factories.make_service(business, "B", professionals=people, needs_credits=True),
        factories.make_service(business, "C", professionals=people),
    ]
    life = History(business, location, services, client_card, random.Random(seed))  # noqa: S311 -- no secret
    for _ in range(STEPS):
        life.step()
        check()
    assert {"book", "move", "cancel", "note", "sell", "void", "join"} <= set(life.done), life.done
    print(dict(life.done))


@pytest.mark.parametrize("broken", [{"redemption": "none"}, {"promised_local": "2026-11-20T10:00"}])
def test_the_comparison_sees_an_appointment_that_says_something_else(
    credit_service: Service, client_card: Client, broken: dict[str, str]
) -> None:
    factories.sell(client_card, credit_service)
    row = book(credit_service, FIRST, client=client_card, by=STAFF).appointment
    check()
    Appointment.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(AssertionError):
        check()
