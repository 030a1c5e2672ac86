"""Fill an installation with a small sound world: ``python -m tests.auditor.world``."""

from __future__ import annotations

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from datetime import timedelta

from tests import factories
from tests.auditor import families, paid, sold
from tests.factories import NOW, at

from clientela.booking.actions.cancel import cancel_appointment
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Proof
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import run_once


def main() -> None:
    """Two businesses; appointments, one of them cancelled, with credits; a session with two seats; their messages."""
    business = factories.make_business()
    with business_scope(business.pk):
        irene = factories.make_professional(business, "Irene")
        service = factories.make_service(business, professionals=(irene,))
        group = factories.make_service(
            business, "Pilates", professionals=(irene,), capacity=3, duration_minutes=60
        )
        booked = [
            factories.book(
                service, at(f"2027-11-24 {hour}"), now=at("2027-11-20 09:00")
            ).appointment
            for hour in ("10:00", "10:30", "11:30")
        ]
        sold.fill(business, service, booked)
        cancel_appointment(
            appointment=booked[-1],
            by=factories.GUEST,
            door="portal",
            now=at("2027-11-20 09:00"),
        )
        joined = factories.make_client(business, "Sol Prueba", "sol@example.org")
        factories.book(service, at("2027-11-24 12:00"), client=joined, now=at("2027-11-20 09:00"))
        take_up_card(
            card=joined,
            into=factories.make_client(business, "Sol Prueba", "sol@example.com"),
            proof=Proof.LOG_IN,
            by=factories.STAFF,
            now=at("2027-11-20 09:00"),
        )
        session = factories.make_session(
            group, at("2027-11-25 10:00"), professional=irene, now=at("2027-11-20 09:00")
        )
        for name in ("Luz Prueba", "Eva Muestra"):
            guest = factories.make_guest(name, f"{name[:3].lower()}@example.com")
            factories.book(group, session.starts_at, client=guest, now=at("2027-11-20 09:00"))
        paid.fill(business, irene)
        families.fill(business, service)
    other = factories.make_business("salon-next-door", name="Salon Next Door")
    with business_scope(other.pk):
        nora = factories.make_professional(other, "Nora")
        factories.make_service(other, "Haircut", professionals=(nora,))
        factories.make_client(other, "Otra Persona", "otra@example.org")
    moment = NOW + timedelta(days=365)
    while run_once(moment):
        pass


if __name__ == "__main__":
    main()
