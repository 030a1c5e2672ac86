"""`clientela manage moved_appointments`: after new time zone data, exactly what moved; kept, and told once (TIM-02)."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests import factories
from tests.factories import NOW, at, book
from tests.kit.clocks import RELEASE, WINTER_FOR_EVER, new_clocks, write_release

from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.notify.models import Message, Rule
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import hear_due_events

__all__ = ["new_clocks"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("L9")]
SOURCE = Path(__file__).parents[2] / "src"
NEW_YORK = "America/New_York"


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    return factories.make_service(business, professionals=(professional,), horizon_days=365)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def booked(service: Service) -> dict[str, Appointment]:
    """A winter's and two summer's appointments; one of these is read in New York."""
    times = {"winter": "2027-03-22 10:00", "here": "2027-03-29 10:00", "away": "2027-03-29 11:00"}
    made = {
        name: book(
            service,
            at(time),
            client=factories.make_guest(name, f"{name}@example.com"),
            zone=NEW_YORK if name == "away" else "",
        ).appointment
        for name, time in times.items()
    }
    hear()
    return made


def hear() -> None:
    """Let the worker hear every event there is, and do nothing else."""
    while hear_due_events(NOW):
        pass


def run(*words: str) -> str:
    out = StringIO()
    call_command("moved_appointments", *words, stdout=out)
    return out.getvalue()


def changes_told(business: Business) -> list[tuple[object, str, str]]:
    with business_scope(business.pk):
        rows = Message.objects.filter(rule=Rule.CHANGE)
        return list(rows.values_list("appointment_id", "channel", "zone"))


def test_it_lists_exactly_what_moved_and_who_will_read_another_time(booked, new_clocks) -> None:
    assert run().endswith("0 promises ahead have moved with the time zone data 2026f.\n")
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)

    here, away, summary = run().splitlines()

    assert str(booked["here"].pk) in here
    assert "2027-03-29T10:00 Europe/Madrid" in here
    assert "stands at 2027-03-29 08:00 UTC, belongs at 2027-03-29 09:00 UTC" in here
    assert here.endswith("UTC")
    assert str(booked["away"].pk) in away
    assert away.endswith("; the client reads America/New_York, where it will be 2027-03-29T06:00")
    assert summary == f"2 promises ahead have moved with the time zone data {RELEASE}."


def test_keeping_tells_nobody_unless_asked_and_says_so(booked, business, new_clocks) -> None:
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    said = run("--keep")
    hear()
    assert "2 appointments keep their time on the wall." in said
    assert "1 of their clients read another clock, and were not told" in said
    assert changes_told(business) == []


def test_those_who_read_another_clock_are_told_and_nobody_twice(
    booked, business, new_clocks
) -> None:
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    assert "1 of their clients read another clock, and are told." in run("--keep", "--tell")
    hear()
    told = changes_told(business)
    assert (booked["away"].pk, "email", NEW_YORK) in told
    assert {appointment for appointment, _, _ in told} == {booked["away"].pk}

    assert run("--keep", "--tell").startswith("0 promises ahead have moved")
    hear()
    assert changes_told(business) == told


def test_a_confirmation_that_waits_is_not_overtaken_by_a_change_nobody_hears_of(
    booked, business, new_clocks
) -> None:
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    run("--keep")
    hear()
    with business_scope(business.pk):
        waits = Message.objects.filter(appointment=booked["here"], rule=Rule.CONFIRMATION)
        assert set(waits.values_list("occurrence", "reason")) == {(1, "queued")}


def test_what_could_not_be_kept_is_named_and_fails(service, professional, new_clocks) -> None:
    factories.set_hours(professional, (0, 1440), days=range(7))
    book(service, at("2027-03-24 02:30"))
    new_clocks(Europe__Madrid="CET-1CEST,M3.4.3,M10.5.0/3")
    assert "belongs at no instant at all" in run()
    with pytest.raises(CommandError, match="1 could not be kept"):
        run("--keep")


def test_telling_without_keeping_would_tell_what_is_not_so() -> None:
    with pytest.raises(CommandError, match="--tell goes with --keep"):
        run("--tell")


@pytest.mark.sqlite
def test_a_process_that_is_started_with_new_data_reads_them(tmp_path: Path) -> None:
    """The same change as above, as an operator makes it: a folder of data and a restart."""
    write_release(tmp_path, {"Europe/Madrid": WINTER_FOR_EVER})
    question = (
        "from datetime import UTC, datetime\n"
        "from clientela.rules import clock_time, promised_start\n"
        "at = promised_start.promised_start(local='2027-03-29T10:00', zone_name='Europe/Madrid',"
        " stands_at=datetime(2027, 3, 29, 8, tzinfo=UTC))\n"
        "print(clock_time.tzdata_version(), at.isoformat())"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", question],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), **data},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for data in ({}, {"PYTHONTZPATH": str(tmp_path)})
    ]
    assert answers[0][1] == "2027-03-29T08:00:00+00:00"
    assert answers[1] == [RELEASE, "2027-03-29T09:00:00+00:00"]
