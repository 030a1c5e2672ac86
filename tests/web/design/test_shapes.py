"""The plain values, the ribbon and the colour that is kept."""

from __future__ import annotations

import re

import pytest

from clientela.web.design.hue import kept_colour
from clientela.web.design.ribbon import load_ribbon, ribbon
from clientela.web.design.shapes import Brand, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Fisioterapia Ejemplo", "FE"),
        ("Irene", "IR"),
        ("8 Sample Street", "8S"),
        ("& Studio", "ST"),
        ("", "?"),
    ],
)
def test_initials_stand_where_there_is_no_logo(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_colour_outside_the_thirty_six_is_refused() -> None:
    with pytest.raises(ValueError, match="no such colour"):
        Brand(name="Studio", hue=195)
    with pytest.raises(ValueError, match="no such colour"):
        Brand(name="Studio", hue=190, vivid="loud")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("#ff0000", (30, "bold")),
        ("#00aa66", (160, "bold")),
        ("#0a5f5f", (190, "soft")),
        ("#7a3b5e", (350, "soft")),
        ("#c8d0d4", (230, "quiet")),
        ("#777777", (250, "quiet")),
        ("000000", (250, "quiet")),
    ],
)
def test_of_an_owners_colour_we_keep_hue_and_vividness(given: str, kept: tuple[int, str]) -> None:
    assert kept_colour(given) == kept


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        kept_colour("#12345")


def test_a_ribbon_places_its_stretches_in_shares_of_the_open_day() -> None:
    svg = ribbon(spans=[(540, 600), (1140, 1300)], opens=540, closes=1140 + 60, kind="you")
    assert re.findall(r'class="you" x="([\d.]+)" width="([\d.]+)"', svg) == [
        ("0.0", "9.1"),
        ("90.9", "9.1"),
    ]
    assert "style" not in svg
    assert 'aria-hidden="true"' in svg


def test_a_stretch_outside_the_open_day_is_not_drawn() -> None:
    assert 'class="free"' not in ribbon(spans=[(0, 300)], opens=540, closes=1200)


def test_a_load_stays_between_nothing_and_everything() -> None:
    assert 'width="100"' in load_ribbon(140)
    assert 'class="load" x="0" width="0"' in load_ribbon(-3)
