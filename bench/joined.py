"""Fill an installation with one heavy client card, then time joining and parting it; both print JSON.

python -m bench.joined fill ROWS      two cards of one person, the one that goes with ROWS appointments
python -m bench.joined time ROUNDS    join them and part them again, ROUNDS times
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from clientela.booking.models import Appointment, Channel, Status
from clientela.business.actions.add_location import add_location
from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.found_business import found_business
from clientela.business.models import Business
from clientela.catalogue.actions.add_service import add_service
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.register_client import register_client
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Merge, Proof
from clientela.people.queries.merge_plan import merge_plan
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope

NOW = datetime(2033, 3, 1, tzinfo=UTC)
BY = Actor.system("bench")
BATCH = 2_000


def fill(rows: int) -> dict[str, int]:
    """Make the two cards; the appointments are written straight, as an import writes them."""
    business = found_business(
        name="Bench",
        slug="bench",
        language="en",
        currency="EUR",
        zone="Europe/Madrid",
        owner=None,
        by=BY,
        now=NOW,
    )
    with business_scope(business.pk):
        place = add_location(business=business, name="Here", zone="Europe/Madrid", by=BY, now=NOW)
        one = add_professional(business=business, name="Irene", by=BY, now=NOW)
        service = add_service(
            business=business,
            name="Massage",
            duration_minutes=30,
            professionals=(one,),
            by=BY,
            now=NOW,
        )
        card, _ = (
            register_client(business=business, name=name, emails=[email], by=BY, now=NOW)
            for name, email in (("Goes", "goes@example.com"), ("Stays", "stays@example.com"))
        )
        made = [
            Appointment(
                business=business,
                location=place,
                service=service,
                professional=one,
                client=card,
                status=Status.ATTENDED.value,
                starts_at=NOW - timedelta(hours=number + 1),
                ends_at=NOW - timedelta(hours=number, minutes=30),
                promised_local="2033-01-01T10:00",
                promised_zone="Europe/Madrid",
                tzdata="bench",
                channel=Channel.IMPORT,
                door="bench",
                currency="EUR",
                link_nonce=str(number),
                link_digest=uuid7().hex,
                created_at=NOW,
                changed_at=NOW,
            )
            for number in range(rows)
        ]
        Appointment.objects.bulk_create(made, batch_size=BATCH)
    return {"rows": rows}


def timed(rounds: int) -> dict[str, float]:
    """Return the middle of each step, in milliseconds by the clock; and of the merge, of this process's own work."""
    taken: dict[str, list[float]] = {"plan": [], "merge": [], "part": [], "merge_cpu": []}
    with business_scope(Business.objects.get(slug="bench").pk):
        card, into = Client.objects.get(record_name="Goes"), Client.objects.get(record_name="Stays")
        for _ in range(rounds):
            begun = time.perf_counter()
            plan = merge_plan(card=card, into=into, now=NOW)
            shown, work = time.perf_counter(), time.process_time()
            merge_clients(
                card=card,
                into=into,
                proof=Proof.STAFF,
                plan_digest=plan.digest,
                by=BY,
                now=NOW,
            )
            joined, worked = time.perf_counter(), time.process_time()
            unmerge_clients(merge=Merge.objects.get(undone_at=None), by=BY, now=NOW)
            parted = time.perf_counter()
            for name, seconds in (
                ("plan", shown - begun),
                ("merge", joined - shown),
                ("part", parted - joined),
                ("merge_cpu", worked - work),
            ):
                taken[name].append(1000 * seconds)
            card.refresh_from_db()
            into.refresh_from_db()
    return {name: round(statistics.median(times), 1) for name, times in taken.items()}


if __name__ == "__main__":
    verb, number = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"fill": fill, "time": timed}[verb](number)))
