"""The zone menu."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from clientela.rules.clock_time import is_known_zone
from clientela.web.picker.zones import OFFERED, zone_options

ON = date(2026, 11, 24)


def test_every_offered_zone_exists() -> None:
    assert [name for name in OFFERED if not is_known_zone(name)] == []


def test_the_zones_that_matter_here_come_first_and_once() -> None:
    with override("en"):
        menu = zone_options(
            here=("Europe/Madrid", "Australia/Lord_Howe", "Europe/Madrid"),
            chosen="Australia/Lord_Howe",
            on=ON,
        )
    here = menu.split("</optgroup>")[0]
    assert here.count("<option") == 2
    assert '<option value="Australia/Lord_Howe" selected>Lord Howe Island · UTC+11</option>' in here


def test_names_and_offsets_are_the_readers_and_the_days() -> None:
    with override("it"):
        assert "Londra · UTC+0<" in zone_options(here=(), chosen="", on=ON)
        assert "Londra · UTC+1<" in zone_options(here=(), chosen="", on=date(2026, 7, 1))
    with override("es"):
        assert "Londres" in zone_options(here=(), chosen="", on=ON)
        assert "UTC-3:30" in zone_options(here=(), chosen="", on=ON)
