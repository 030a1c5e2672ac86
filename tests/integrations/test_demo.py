"""The demo's businesses are files like any other, lively, and always the same."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integrations.emptying import emptied
from tests.integrations.papers import ROOT
from tools import make_demo
from tools.demo.plots import PLOTS, Plot

from clientela.booking.models import Appointment
from clientela.integrations.actions.import_business import import_business
from clientela.integrations.actions.import_file import import_file
from clientela.integrations.business_file.anchor import moved_to_this_week
from clientela.integrations.business_file.bookings import HOLDING
from clientela.integrations.business_file.checking import check
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_stretch
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.queries.export_text import export_text
from clientela.platform.actor import Actor
from clientela.platform.tenancy import system_scope

pytestmark = pytest.mark.sqlite  # a demo lives on SQLite

FILES = sorted((ROOT / "src/clientela/integrations/demo").glob("*.json"))
LARGEST = 1_500_000
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def document(path: Path) -> BusinessFile:
    return read_text(path.read_bytes())


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.seed)
def test_the_committed_files_are_what_the_program_writes(plot: Plot) -> None:
    path = make_demo.TARGET / f"{plot.seed}.json"
    assert path.read_text(encoding="utf-8") == make_demo.made(plot), (
        "run python -m tools.make_demo write"
    )
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("days", "weeks"), [(0, 0), (3, 0), (6, 17), (1, 18), (4, 30), (5, 52 * 7)]
)
def test_a_demo_makes_sense_on_every_day_of_any_season(path: Path, days: int, weeks: int) -> None:
    now = datetime(2026, 11, 23, 3 * days, tzinfo=UTC) + timedelta(days=days, weeks=weeks)
    moved = moved_to_this_week(document(path), now=now)
    check(moved, now=now)
    created = [
        entry.created_at for entry in (*moved.appointments, *moved.clients) if entry.created_at
    ]
    assert max(created) <= now


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_near_days_are_busy_and_the_far_ones_open(path: Path) -> None:
    told = document(path)
    assert told.anchor is not None
    services = {entry.key: entry for entry in told.services}
    weeks: Counter[int] = Counter()
    for entry in told.appointments:
        if entry.status in HOLDING and entry.session is None:
            service = services[entry.service]
            week = (date.fromisoformat(entry.starts[:10]) - told.anchor).days // 7
            weeks[week] += service.duration_minutes + service.buffer_after_minutes
    minutes = sum(
        closes - opens
        for hours in told.hours
        for stretches in hours.week.values()
        for opens, closes in map(parse_stretch, stretches)
    )
    fullness = {week: taken / minutes for week, taken in weeks.items()}
    assert min(weeks) == -10
    assert max(weeks) == 8
    assert 0.6 <= fullness[0] <= 0.85
    assert 0.55 <= fullness[1] <= 0.85
    assert fullness[8] < 0.3


def test_the_past_has_every_outcome_and_the_future_open_requests() -> None:
    states = Counter(entry.status for path in FILES for entry in document(path).appointments)
    assert set(states) == {"requested", "confirmed", "attended", "no_show", "cancelled", "declined"}


def test_one_person_is_a_client_of_all_and_two_cards_may_be_one_person() -> None:
    clients = {path.stem: document(path).clients for path in FILES}
    assert all("ana-prueba-garcia" in [card.key for card in cards] for cards in clients.values())
    phones = Counter(
        one.phone for card in clients["fisioterapia-ejemplo"] for one in card.contacts if one.phone
    )
    assert [phone for phone, count in phones.items() if count > 1] == ["600 000 077"]


def test_nobody_real_can_be_reached() -> None:
    for path in FILES:
        told = document(path)
        addresses = [one.email for card in told.clients for one in card.contacts if one.email]
        addresses += [member.email for member in told.staff]
        hosts = {address.split("@")[1] for address in addresses}
        assert [host for host in hosts if not host.endswith(("example.com", "example.org"))] == []


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_comes_in_and_moves_out_unchanged() -> None:
    by, began = Actor.system("demo"), time.monotonic()
    for path in FILES:
        import_file(path=path, anchor_today=True, by=by, now=NOW)
    print(f"three demo businesses imported in {time.monotonic() - began:.1f} s")
    with system_scope("a test counts"):
        assert Appointment.objects.count() > 4000
    first = {path.stem: export_text(slug=path.stem) for path in FILES}
    emptied()
    for slug, told in first.items():
        import_business(document=read_text(told), by=by, now=NOW)
        assert export_text(slug=slug) == told
