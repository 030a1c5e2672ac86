"""Note the INSERTs of bookings: ``python -m bench.capture_inserts FILE COUNT SLUG SERVICE``, in an installation.

Each booking is made by the shipped action and taken back, so that its INSERTs can be sent again later. The busy
mask of a professional's month is left out: its first booking inserts it, all others change it.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

import django

django.setup()

from bench.inserts import Statement
from bench.starts import starts
from django.db import connection, transaction

from clientela.booking.actions.book import book_appointment
from clientela.booking.guest import Guest
from clientela.booking.models import Channel
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope


def capture(file: Path, count: int, slug: str, service_id: str) -> None:
    """Write the INSERTs of so many bookings to the file, one list for each booking."""
    told: list[list[Statement]] = []

    def note(
        execute: Callable[..., object],
        sql: str,
        params: tuple[Any, ...],
        many: bool,  # noqa: FBT001 -- Django calls it so
        context: dict[str, object],
    ) -> object:
        if sql.startswith("INSERT") and "booking_busyblock" not in sql:
            told[-1].append((sql.encode(), tuple(map(plain, params))))
        return execute(sql, params, many, context)

    business = Business.objects.get(slug=slug)
    with business_scope(business.pk):
        service = Service.objects.get(pk=service_id)
        people = list(Professional.objects.order_by("pk"))
        for number, (start, person) in enumerate(starts(day=1, people=people, count=count)):
            told.append([])
            with transaction.atomic(), connection.execute_wrapper(note):
                book_appointment(
                    business=business,
                    service=service,
                    starts_at=start,
                    client=Guest(f"Raw {number}", f"raw{number}@example.com"),
                    professional=person,
                    by=Actor.guest(),
                    channel=Channel.API,
                    door="api",
                    now=clock.now(),
                )
                transaction.set_rollback(True)
    file.write_bytes(pickle.dumps(told))


def plain(value: object) -> object:
    """Return what the driver sends for it, without the program's own types."""
    return value.value if isinstance(value, Enum) else value


if __name__ == "__main__":
    capture(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
