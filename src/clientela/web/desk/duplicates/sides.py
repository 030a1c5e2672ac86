"""One of two cards that are held beside each other: what it says, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.client_history import client_history
from clientela.ledger.queries.balances import balances
from clientela.ledger.queries.business_day import business_day
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.phones import as_read
from clientela.web.design.shapes import Badge
from clientela.web.desk.card_state import card_badges, other_name
from clientela.web.desk.staff import Desk

_AHEAD: Final = (Status.CONFIRMED, Status.REQUESTED)
_TAKES_PLACE: Final = (Status.CONFIRMED, Status.ATTENDED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """An address or a number as typed, and whether the other card has it too."""

    written: str
    is_email: bool
    is_shared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A card; ``coming`` appointments are ahead, ``credits`` are what is left of what was sold."""

    card: Client
    url: str
    absorb_url: str
    badges: Sequence[Badge]
    other_name: str
    contacts: Sequence[Contact]
    appointments: int
    coming: int
    last: Appointment | None
    credits: int


def side_of(desk: Desk, card: Client, *, beside: Client) -> Side:
    """Return one of the two cards as it is drawn. Six queries."""
    slug = desk.business.slug
    rows = client_history(card)
    today = business_day(business_id=desk.business.pk, now=desk.now)
    with_other = urlencode({"with": str(beside.pk)})
    return Side(
        card=card,
        url=reverse("desk:client", args=[slug, card.pk]),
        absorb_url=f"{reverse('desk:absorb', args=[slug, card.pk])}?{with_other}",
        badges=card_badges(card),
        other_name=other_name(card),
        contacts=_contacts(card, beside),
        appointments=len(rows),
        coming=sum(one.starts_at > desk.now and one.status in _AHEAD for one in rows),
        last=next((one for one in rows if one.status == Status.ATTENDED), None),
        credits=sum(one.free for one in balances(client_id=card.pk, on=today)),
    )


def times_together(first: Client, second: Client) -> list[Appointment]:
    """Return appointments of the first while the second had one too, the latest first: nobody is in two places."""
    other = Appointment.objects.filter(
        client=second,
        status__in=_TAKES_PLACE,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    rows = Appointment.objects.filter(Exists(other), client=first, status__in=_TAKES_PLACE)
    return list(rows.select_related("service").order_by(F("starts_at").desc(), "id")[:3])


def _contacts(card: Client, beside: Client) -> list[Contact]:
    there = {(one.kind, one.value) for one in beside.identifiers.all()}
    return [
        Contact(
            written=_written(one),
            is_email=one.kind == IdentifierKind.EMAIL,
            is_shared=(one.kind, one.value) in there,
        )
        for one in card.identifiers.all()
    ]


def _written(one: Identifier) -> str:
    return one.written if one.kind == IdentifierKind.EMAIL else as_read(one.value)
