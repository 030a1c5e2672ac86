"""Inside an installation: let so many confirmations fall due, and time the sink alone and a worker.

``python -m bench.mails 3000`` prints mails per second of both, and after how long the first one had left.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import transaction

from clientela.booking.links import new_link
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.found_business import found_business
from clientela.business.models import Location, Professional
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.models import Service
from clientela.notify.actions.send_due import send_due
from clientela.notify.channels.email.channel import CHANNEL
from clientela.notify.models import Message, Outcome, Reason, Recipient, Rule
from clientela.notify.rows import message_id_of
from clientela.people.models import Client, Consent, How, Identifier, IdentifierKind, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.clock_time import wall_text

NOW = datetime(2033, 3, 1, tzinfo=UTC)
BY = Actor.system("bench")
ZONE = "Europe/Madrid"


def fill(count: int) -> None:
    """Write a business with so many clients, each with an appointment and a confirmation that is due."""
    business = found_business(
        name="Bench Mails",
        slug=f"bench-{uuid7().hex[-8:]}",
        language="en",
        currency="EUR",
        zone=ZONE,
        owner=None,
        now=NOW,
        by=BY,
    )
    with business_scope(business.pk), transaction.atomic():
        irene = add_professional(business=business, name="Irene Sanz", by=BY, now=NOW)
        service = add_service(
            business=business,
            name="Physiotherapy",
            duration_minutes=45,
            professionals=[irene],
            by=BY,
            now=NOW,
        )
        location = Location.objects.get()
        rows = [_one(number, service, irene, location) for number in range(count)]
        for model, made in zip(
            (Client, Identifier, Consent, Appointment, Message),
            zip(*rows, strict=True),
            strict=True,
        ):
            model._base_manager.bulk_create(made, batch_size=500)


def _one(
    number: int, service: Service, professional: Professional, location: Location
) -> tuple[Client, Identifier, Consent, Appointment, Message]:
    """Return a client with an address and a word on messages, an appointment, and the message that is due; not saved yet."""
    business = service.business
    address = f"person{number}@{business.slug}.example"
    card = Client(business=business, record_name=f"Person {number}", created_at=NOW)
    contact = Identifier(
        business=business,
        client=card,
        kind=IdentifierKind.EMAIL,
        value=address,
        written=address,
        created_at=NOW,
    )
    said = Consent(
        business=business,
        client=card,
        notify_by=NotifyBy.EMAIL,
        how=How.BOOKING,
        text_version="bench",
        at=NOW,
    )
    starts_at = NOW + timedelta(days=2, minutes=5 * number)
    nonce, digest = new_link()
    appointment = Appointment(
        business=business,
        location=location,
        service=service,
        professional=professional,
        client=card,
        status=Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        promised_local=wall_text(starts_at, ZONE),
        promised_zone=ZONE,
        tzdata="bench",
        channel=Channel.WEB,
        door="bench",
        address_used=address,
        currency="EUR",
        link_nonce=nonce,
        link_digest=digest,
        created_at=NOW,
        changed_at=NOW,
    )
    return card, contact, said, appointment, _message(appointment, address, said)


def _message(appointment: Appointment, address: str, said: Consent) -> Message:
    key = uuid7()
    return Message(
        id=key,
        business=appointment.business,
        appointment=appointment,
        occurrence=0,
        rule=Rule.CONFIRMATION,
        recipient=Recipient.CLIENT,
        recipient_id=appointment.client.pk,
        channel="email",
        reason=Reason.QUEUED,
        address=address,
        language="en",
        zone=ZONE,
        message_id=message_id_of(key),
        facts={"by": "guest"},
        consent=said,
        due_at=NOW,
        send_at=NOW,
        created_at=NOW,
    )


def sink_alone(count: int) -> float:
    """Return how many mails a second the sink takes, composed beforehand."""
    with system_scope("a benchmark"):
        message = Message.objects.select_related(
            "appointment__business",
            "appointment__service",
            "appointment__professional__resource",
            "appointment__location",
            "appointment__client",
        ).first()
        assert message is not None  # noqa: S101 -- filled above
        parcel = CHANNEL.compose(message, now=NOW)
    began = time.perf_counter()
    with CHANNEL.session() as way:
        for _ in range(count):
            taken = way.hand_over(parcel, now=NOW).outcome is Outcome.ACCEPTED
            assert taken  # noqa: S101 -- a refused mail would make the figure a lie
    return count / (time.perf_counter() - began)


def worker(count: int) -> tuple[float, float]:
    """Return how many mails a second one worker hands over, and when the first batch had left."""
    began = time.perf_counter()
    first = 0.0
    while send_due(now=NOW):
        first = first or time.perf_counter() - began
    lasted = time.perf_counter() - began
    with system_scope("a benchmark"):
        handed = Message.objects.filter(
            reason=Reason.HANDED_OVER, business__slug__startswith="bench-"
        ).count()
    assert handed >= count, (handed, count)  # noqa: S101 -- mails that did not leave make no figure
    return count / lasted, first


def main() -> None:
    """Fill, measure, print."""
    count = int(sys.argv[1])
    fill(count)
    alone = sink_alone(count)
    worked, first = worker(count)
    print(
        json.dumps(
            {
                "sink_per_second": alone,
                "worker_per_second": worked,
                "first_after_seconds": first,
            }
        )
    )


if __name__ == "__main__":
    main()
