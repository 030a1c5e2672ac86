"""Series: the same wall clock, all of them or a report."""

from __future__ import annotations

import pytest
from tests.booking.facts import masks_equal_recount, overlaps
from tests.factories import NOW, STAFF, at, book, make_guest

from clientela.booking.actions.book_series import SeriesOutcome, book_series
from clientela.booking.errors import SeriesRefused
from clientela.booking.models import Appointment, Channel, Series
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.clock_time import wall_text

FIRST = at("2026-11-24 10:00")


def series(service: Service, **fields: object) -> SeriesOutcome:
    wish: dict[str, object] = {
        "business": service.business,
        "service": service,
        "starts_at": FIRST,
        "every_weeks": 1,
        "count": 4,
        "on_conflict": "all",
        "client": make_guest(),
        "by": STAFF,
        "channel": Channel.STAFF,
        "door": "desk",
        "now": NOW,
        **fields,
    }
    return book_series(**wish)


def test_every_week_at_the_same_wall_clock_across_the_clock_change(service: Service) -> None:
    update_service(service=service, horizon_days=365, by=STAFF, now=NOW)
    outcome = series(service, starts_at=at("2027-03-23 10:00"), count=2)
    assert [row.promised_local for row in outcome.booked] == [
        "2027-03-23T10:00",
        "2027-03-30T10:00",
    ]
    gap = outcome.booked[1].starts_at - outcome.booked[0].starts_at
    assert gap.total_seconds() == (7 * 24 - 1) * 3600
    assert {row.series for row in outcome.booked} == {outcome.series}
    assert Client.objects.count() == 1
    assert masks_equal_recount()


def test_all_or_nothing_names_every_date_that_cannot_be_had(service: Service) -> None:
    book(service, at("2026-12-01 10:00"))
    book(service, at("2026-12-15 10:15"))
    with pytest.raises(SeriesRefused) as refused:
        series(service)
    assert refused.value.refused == [
        ("2026-12-01T10:00", "professional-busy"),
        ("2026-12-15T10:00", "professional-busy"),
    ]
    assert (Appointment.objects.count(), Series.objects.count()) == (2, 0)
    assert masks_equal_recount()


def test_report_books_the_rest(service: Service) -> None:
    book(service, at("2026-12-01 10:00"))
    outcome = series(service, on_conflict="report")
    assert [wall_text(row.starts_at, "Europe/Madrid") for row in outcome.booked] == [
        "2026-11-24T10:00",
        "2026-12-08T10:00",
        "2026-12-15T10:00",
    ]
    assert outcome.refused == [("2026-12-01T10:00", "professional-busy")]
    assert overlaps() == []


def test_a_wall_time_the_clocks_jump_over_is_reported(service: Service) -> None:
    from tests.factories import set_hours  # noqa: PLC0415 -- only here

    set_hours(service.offers.get().professional, (0, 1440), days=range(7))
    outcome = series(service, starts_at=at("2027-03-21 02:30"), count=2, on_conflict="report")
    assert len(outcome.booked) == 1
    assert outcome.refused == [("2027-03-28", "no-such-time")]


def test_the_same_key_books_one_series(service: Service) -> None:
    first = series(service, idempotency_key="s-1")
    again = series(service, idempotency_key="s-1")
    assert (again.series, again.booked, again.refused) == (
        first.series,
        first.booked,
        first.refused,
    )
    assert Appointment.objects.count() == 4


def test_any_professional_serves_a_series(shared_service: Service) -> None:
    book(shared_service, at("2026-12-01 10:00"))
    outcome = series(shared_service)
    assert len(outcome.booked) == 4
