"""What the tests of credits share: somebody comes, and what of their credits is used."""

from __future__ import annotations

from datetime import datetime

from tests.factories import STAFF, book

from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.ledger.models import Redemption, Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client


def comes(service: Service, starts_at: datetime, client: Client, **fields: object) -> Appointment:
    """Book for a client at the desk."""
    return book(service, starts_at, client=client, by=STAFF, **fields).appointment


def state(appointment: Appointment) -> str:
    """What its credit does, as stored."""
    return Appointment.objects.get(pk=appointment.pk).redemption


def used(sale: Sale) -> list[tuple[int, str, bool]]:
    """The standing redemptions of a sale: number, cause, whether forfeited."""
    rows = Redemption.objects.filter(grant__sale=sale, released_at__isnull=True)
    return list(rows.order_by("number").values_list("number", "cause", "forfeited"))


def left(client: Client) -> int:
    """How many credits are free."""
    return sum(len(one.free) for one in usable_grants(client_id=client.pk))
