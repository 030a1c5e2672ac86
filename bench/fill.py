"""Fill an installation with a workload: ``python -m bench.fill W1``; prints the ids as JSON."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from bench import workloads
from django.db import connection, transaction

from clientela.booking.actions.occupy import Taking, occupy_many
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.found_business import found_business
from clientela.business.models import Location, Professional
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.models import Service
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope
from clientela.rules.clock_time import wall_text
from clientela.rules.weekly_hours import HoursRow
from clientela.schedule.actions.set_weekly_hours import set_weekly_hours

NOW = datetime(2033, 3, 1, tzinfo=UTC)
BY = Actor.system("bench")


def _appointment(
    span: tuple[datetime, datetime],
    *,
    service: Service,
    by: Professional,
    location: Location,
    client: Client,
) -> Appointment:
    """Return a confirmed appointment that occupies a span, its buffer included; not saved yet."""
    (starts_at, ends_at), key, nonce = span, uuid7(), links.new_nonce()
    return Appointment(
        id=key,
        business=service.business,
        location=location,
        service=service,
        professional=by,
        client=client,
        status=Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=ends_at - timedelta(minutes=workloads.AFTER),
        promised_local=wall_text(starts_at, workloads.ZONE),
        promised_zone=workloads.ZONE,
        tzdata="bench",
        channel=Channel.IMPORT,
        door="bench",
        currency="EUR",
        link_nonce=nonce,
        link_digest=links.digest(f"{nonce}{key}"),
        created_at=NOW,
        changed_at=NOW,
    )


def fill(workload: workloads.Workload) -> dict[str, object]:
    """Write a business with the workload's professionals and appointments."""
    business = found_business(
        name=f"Bench {workload.name}",
        slug=f"bench-{workload.name.lower()}",
        language="en",
        currency="EUR",
        zone=workloads.ZONE,
        owner=None,
        now=NOW,
        by=BY,
    )
    with business_scope(business.pk), transaction.atomic():
        location = Location.objects.get()
        rows = [
            HoursRow(day, opens, closes)
            for day in workloads.WEEKDAYS
            for opens, closes in workloads.OPENINGS
        ]
        professionals = []
        for number in range(len(workload.busy)):
            one = add_professional(business=business, name=f"Professional {number}", by=BY, now=NOW)
            set_weekly_hours(resource=one, location=location, rows=rows, by=BY, now=NOW)
            professionals.append(one)
        service = add_service(
            business=business,
            name="Service",
            duration_minutes=workloads.DURATION,
            buffer_after_minutes=workloads.AFTER,
            grid_minutes=workloads.GRID,
            lead_minutes=0,
            horizon_days=400,
            professionals=professionals,
            by=BY,
            now=NOW,
        )
        client = register_client(business=business, name="Bench Client", by=BY, now=NOW)
        appointments, takings = [], []
        for one, spans in zip(professionals, workload.busy, strict=True):
            for span in spans:
                row = _appointment(span, service=service, by=one, location=location, client=client)
                appointments.append(row)
                takings.append(Taking(one.pk, *span, appointment_id=row.pk))
        Appointment.objects.bulk_create(appointments, batch_size=1000)
        occupy_many(business_id=business.pk, takings=takings)
    return {
        "slug": business.slug,
        "service": str(service.pk),
        "professionals": [str(one.pk) for one in professionals],
        "appointments": len(appointments),
    }


if __name__ == "__main__":
    chosen = {"W1": workloads.w1, "W2": workloads.w2, "W3": workloads.w3}[sys.argv[1]]()
    filled = fill(chosen)
    if connection.vendor == "postgresql":  # as a database is that has stood for an hour
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(json.dumps(filled))
