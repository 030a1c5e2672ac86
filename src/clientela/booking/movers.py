"""What of booking follows a card that is taken up by another, and goes back when they are parted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from clientela.booking.actions.credit import redeem_pending
from clientela.booking.actions.uncross_credits import uncross_credits
from clientela.booking.causes import appointment_id_of
from clientela.booking.events import VisitsParted
from clientela.booking.models import Appointment, WaitingEntry
from clientela.booking.queries import merge_preview  # noqa: F401 -- registers what a preview tells of credits
from clientela.booking.queries.loan_partners import loan_partners
from clientela.ledger.locks import lock_credits_of
from clientela.ledger.models import Sale
from clientela.people.held_beside import held_beside
from clientela.people.joiners import on_joining, on_showing
from clientela.people.models import Client, PartingQuestion
from clientela.people.movers import repoints
from clientela.people.partings import Side, Sides, attributes, follows, on_parting
from clientela.platform.outbox import record


def who_booked(rows: Collection[Appointment], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each appointment is: the log-in's that booked it, else the address's and number's it was booked with."""
    for one in rows:
        side = sides.by_account(one.account_id)
        if side is Side.UNKNOWN:
            side = sides.by_address(one.address_used, one.phone_used)
        yield one.pk, side


def who_bought(rows: Collection[Sale], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each sale is: the log-in's that bought it, else that of the appointment it was made for.

    A sale for an appointment that the staff are asked about is asked about with it.
    """
    named = {one.pk: key for one in rows if (key := appointment_id_of(one.cause)) is not None}
    stands = dict(Appointment.objects.filter(pk__in=named.values()).values_list("pk", "client_id"))
    asked = set(
        PartingQuestion.objects.filter(
            row_id__in=named.values(), decided_at__isnull=True
        ).values_list("row_id", flat=True)
    )
    for one in rows:
        side = sides.by_account(one.by_account_id) if one.by_kind == "client" else Side.UNKNOWN
        visit = named.get(one.pk)
        if side is Side.UNKNOWN and visit in stands and visit not in asked:
            side = Side.PARTED if stands[visit] == sides.card_id else Side.STAYED
        yield one.pk, side


def who_waits(rows: Collection[WaitingEntry], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each place on the waiting list is: the address's it was asked with."""
    for one in rows:
        yield one.pk, sides.by_address(one.address_used)


held_beside(loan_partners)

repoints("booking.Appointment", "client")
repoints("booking.Series", "client")
repoints("booking.WaitingEntry", "client")
attributes("booking.WaitingEntry", "client", by=who_waits)
attributes("booking.Appointment", "client", by=who_booked)
follows("booking.Series", "client", of="appointments", step=1)
# Here and not in the ledger, which knows no appointments.
attributes("ledger.Sale", "client", by=who_bought, step=2)


@on_joining
@contextmanager
def pool_credits(*, card: Client, into: Client, now: datetime) -> Iterator[None]:
    """Let what the one card had pending be redeemed by what the other had bought."""
    lock_credits_of(client_ids=[card.pk, into.pk])
    yield
    redeem_pending(client_id=into.pk, now=now)


@on_showing
def use_shown_credits(*, client: Client, now: datetime) -> None:
    """Let credits that were hidden, and were nobody's to spend, redeem what waits for them."""
    redeem_pending(client_id=client.pk, now=now)


@on_parting
@contextmanager
def part_credits(*, card: Client, from_: Client, now: datetime) -> Iterator[None]:
    """Give back the credits that one of the two used of the other's; each then uses what is their own.

    So do those with whom they lent and borrowed, where the leave was not given to the one who has it now.
    """
    every = [card.pk, from_.pk, *sorted(loan_partners(card_ids=(card.pk, from_.pk)))]
    lock_credits_of(client_ids=every)
    yield
    uncross_credits(client_ids=(card.pk, from_.pk), now=now)
    for client_id in every:
        redeem_pending(client_id=client_id, now=now)


@on_parting
@contextmanager
def tell_parted(*, card: Client, from_: Client, now: datetime) -> Iterator[None]:
    """Tell that each of the two is new or returning by their own visits again; so it is after an answer, too."""
    yield
    record(VisitsParted(business_id=card.business_id, card_id=card.pk, other_id=from_.pk), now=now)
