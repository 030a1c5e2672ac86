"""The peer of B1: django-appointment answers the month of W1, one call for each date.

Runs in an environment of its own (``requirements-bench.lock``). Reads ``{"first_on", "days",
"busy", "rounds"}`` as JSON on standard input and writes the starts it offers, the queries of one
round and the time of each round. The rows are loaded before the clock starts; the database is in
memory. Its words for our workload: a gap of ten minutes is applied on both sides of whatever is
booked, so the lunch break is an unavailability that is shorter by ten minutes at each end.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.conf import settings

ZONE = "Europe/Madrid"

settings.configure(
    SECRET_KEY="not a secret: nothing is served",  # noqa: S106 -- a throw-away process
    USE_TZ=True,
    TIME_ZONE=ZONE,
    DEBUG=False,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "phonenumber_field",
        "appointment",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGGING_CONFIG=None,
)
logging.disable(logging.CRITICAL)  # the package logs to standard output, where our answer goes
django.setup()

from appointment import models
from appointment.services import get_available_slots_for_staff
from appointment.utils.db_helpers import get_weekday_num_from_date
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext


def load(question: dict[str, Any]) -> tuple[models.StaffMember, models.Service, list[date]]:
    """Write the professional, the hours, the breaks and the appointments."""
    call_command("migrate", run_syncdb=True, verbosity=0)  # the package ships no migrations
    first = date.fromisoformat(question["first_on"])
    days = [first + timedelta(days=number) for number in range(question["days"])]
    service = models.Service.objects.create(
        name="Session", duration=timedelta(minutes=30), price=50
    )
    staff = models.StaffMember.objects.create(
        user=User.objects.create(username="professional"),
        slot_duration=15,
        slot_gap_time=10,
        appointment_buffer_time=0,
    )
    staff.services_offered.add(service)
    for weekday in range(1, 6):
        models.WorkingHours.objects.create(
            staff_member=staff, day_of_week=weekday, start_time="09:00", end_time="18:00"
        )
    for on in days:
        if on.weekday() < 5:
            models.Unavailability.objects.bulk_create(
                [
                    models.Unavailability(
                        staff_member=staff, date=on, start_time="12:40", end_time="13:20"
                    )
                ]
            )
    _load_appointments(question["busy"], service, staff)
    return staff, service, days


def _load_appointments(
    busy: list[list[str]], service: models.Service, staff: models.StaffMember
) -> None:
    """Write one request and one appointment for each occupied span; the gap is not part of them."""
    requests = []
    for start, end in busy:
        begins = datetime.fromisoformat(start).astimezone(ZoneInfo(ZONE))
        ends = datetime.fromisoformat(end).astimezone(ZoneInfo(ZONE)) - timedelta(minutes=10)
        requests.append(
            models.AppointmentRequest(
                date=begins.date(),
                start_time=begins.time(),
                end_time=ends.time(),
                service=service,
                staff_member=staff,
                id_request=start,
            )
        )
    models.AppointmentRequest.objects.bulk_create(requests)
    client = User.objects.create(username="client")
    models.Appointment.objects.bulk_create(
        [
            models.Appointment(
                client=client, appointment_request=request, id_request=request.id_request
            )
            for request in models.AppointmentRequest.objects.all()
        ]
    )


def month(staff: models.StaffMember, service: models.Service, days: list[date]) -> str:
    """Ask for every date of the month, as the package's own page does, and write JSON."""
    found = []
    for on in days:
        slots = get_available_slots_for_staff(
            on, staff, get_weekday_num_from_date(on), service=service
        )
        found += [slot.isoformat() for slot in slots]
    return json.dumps(found)


def main() -> None:
    """Load, warm up once while counting queries, then time the rounds."""
    question = json.load(sys.stdin)
    staff, service, days = load(question)
    with CaptureQueriesContext(connection) as queries:
        starts = json.loads(month(staff, service, days))
    rounds = []
    for _ in range(question["rounds"]):
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        month(staff, service, days)
        rounds.append({"wall": time.perf_counter_ns() - wall, "cpu": time.process_time_ns() - cpu})
    json.dump({"starts": starts, "queries": len(queries), "rounds": rounds}, sys.stdout)


if __name__ == "__main__":
    main()
