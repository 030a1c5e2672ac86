"""How much a booking and a refusal ask of the database: what they cost is mostly that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import at, book, make_guest

from clientela.booking.errors import SlotTaken
from clientela.business.models import Professional
from clientela.catalogue.models import Service

TUESDAY_TEN = at("2026-11-24 10:00")
TUESDAY_NOON = at("2026-11-24 12:00")
_NOT_COUNTED = (
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "SELECT pg_advisory_xact_lock",
    "WITH kept AS",
)


def asked_by(act: Callable[[], object]) -> list[str]:
    """Return the statements of an act, without locks and the borders of transactions."""
    with CaptureQueriesContext(connection) as seen:
        act()
    statements = [query["sql"].strip() for query in seen]
    return [sql for sql in statements if not sql.startswith(_NOT_COUNTED)]


def test_a_new_guest_books_in_twenty_statements(
    service: Service, professional: Professional
) -> None:
    book(service, TUESDAY_TEN)
    asked = asked_by(
        lambda: book(
            service,
            TUESDAY_NOON,
            professional=professional,
            client=make_guest("Nadia Prueba", "nadia@example.com"),
        )
    )
    # The last asks whether they have credits: a new guest has none, and that is all it takes.
    # Two mark who is new: what the rule is told, and the marker.
    # One keeps the guest's word that messages about the booking may come, one what their card is found by.
    assert len(asked) == 20, "\n".join(asked)


def test_a_taken_start_is_refused_in_eleven_statements(
    service: Service, professional: Professional
) -> None:
    book(service, TUESDAY_TEN)

    def refused() -> None:
        with pytest.raises(SlotTaken):
            book(service, TUESDAY_TEN, professional=professional)

    asked = asked_by(refused)
    assert len(asked) == 11, "\n".join(asked)
