"""A small world for messages: one business, one professional, one client, one appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.notify.sink import Sink

from clientela.booking import links
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import (
    BookingPolicy,
    Business,
    Location,
    Professional,
    Resource,
    ResourceKind,
)
from clientela.catalogue.models import Service
from clientela.notify.models import MessageRule
from clientela.people.models import (
    Client,
    Consent,
    How,
    Identifier,
    IdentifierKind,
    NotifyBy,
)
from clientela.platform.tenancy import system_scope
from clientela.rules import clock_time

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def scope(db: None) -> Iterator[None]:
    """The tests of this folder look at everything."""
    with system_scope("a test"):
        yield


@pytest.fixture
def business(scope: None) -> Business:
    business = Business.objects.create(
        slug="fisio",
        name="Fisio Norte",
        language="es",
        currency="EUR",
        email="mostrador@example.org",
        phone="+34 910 000 000",
        created_at=NOW,
    )
    BookingPolicy.objects.create(business=business)
    return business


@pytest.fixture
def location(business: Business) -> Location:
    return Location.objects.create(
        business=business,
        name="Centro Norte",
        zone="Europe/Madrid",
        street="Calle Mayor 3",
        postcode="28001",
        city="Madrid",
        country="ES",
    )


@pytest.fixture
def professional(business: Business) -> Professional:
    resource = Resource.objects.create(
        business=business, kind=ResourceKind.PROFESSIONAL, name="Irene Sanz"
    )
    return Professional.objects.create(
        business=business, resource=resource, email="irene@example.org"
    )


@pytest.fixture
def service(business: Business) -> Service:
    return Service.objects.create(business=business, name="Fisioterapia", duration_minutes=45)


@pytest.fixture
def client_card(business: Business) -> Client:
    card = Client.objects.create(
        business=business, record_name="Ana Prueba", language="", created_at=NOW
    )
    Identifier.objects.create(
        business=business,
        client=card,
        kind=IdentifierKind.EMAIL,
        value="ana@example.com",
        written="ana@example.com",
        created_at=NOW,
    )
    Consent.objects.create(
        business=business,
        client=card,
        notify_by=NotifyBy.EMAIL,
        how=How.BOOKING,
        text_version="test",
        at=NOW,
    )
    return card


@pytest.fixture
def make_appointment(
    business: Business,
    location: Location,
    professional: Professional,
    service: Service,
    client_card: Client,
) -> Callable[..., Appointment]:
    """Give a function that makes an appointment; what is passed replaces what is usual."""

    def make(**values: Any) -> Appointment:
        nonce, digest = links.new_link()
        starts_at = values.pop("starts_at", datetime(2026, 11, 24, 16, 30, tzinfo=UTC))
        usual: dict[str, Any] = {
            "business": business,
            "location": location,
            "professional": professional,
            "service": service,
            "client": client_card,
            "status": Status.CONFIRMED,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=45),
            "promised_local": clock_time.wall_text(starts_at, location.zone),
            "promised_zone": location.zone,
            "tzdata": clock_time.tzdata_version(),
            "channel": Channel.WEB,
            "door": "booking-page",
            "address_used": "ana@example.com",
            "currency": "EUR",
            "link_nonce": nonce,
            "link_digest": digest,
            "created_at": NOW,
            "changed_at": NOW,
        }
        return Appointment.objects.create(**{**usual, **values})

    return make


@pytest.fixture
def only_facts(business: Business) -> None:
    """A plan of the business's own: every fact is told by e-mail at once; no reminders, no pushes."""
    from clientela.notify.decisions import LATER  # noqa: PLC0415 -- after Django's set-up
    from clientela.notify.queries.plan import STANDARD  # noqa: PLC0415 -- likewise

    MessageRule.objects.bulk_create(
        MessageRule(business=business, rule=one.rule, recipient=one.recipient, created_at=NOW)
        for one in STANDARD
        if one.rule not in LATER
    )


@pytest.fixture
def appointment(make_appointment: Callable[..., Appointment]) -> Appointment:
    return make_appointment()


@pytest.fixture
def tell(now: datetime) -> Callable[..., None]:
    """Give a function that lets the handler hear a fact about an appointment, as the worker would."""
    from clientela.notify.handlers import tell as handler  # noqa: PLC0415 -- after Django's set-up

    def hear(kind: type, appointment: Appointment, *, by: str = "guest", **fields: Any) -> None:
        event = kind(
            business_id=appointment.business_id,
            appointment_id=appointment.pk,
            sequence=appointment.sequence,
            by=by,
            **fields,
        )
        with transaction.atomic():
            handler(event, now=fields.get("at", now))

    return hear


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server of our own, which the settings name."""
    server = Sink()
    settings.MAIL_CHANNEL = "smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    yield server
    server.close()
