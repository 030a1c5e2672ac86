"""What is kept of a colour: its hue and how vivid it is; an untouched one stays as it is."""

from __future__ import annotations

import pytest

from clientela.web.colour import Kept, kept, sample

RED = Kept(30, "bold")


@pytest.mark.parametrize("vivid", ["quiet", "soft", "bold"])
@pytest.mark.parametrize("hue", range(0, 360, 10))
def test_the_sample_of_a_kept_colour_is_read_back_as_it(hue: int, vivid: str) -> None:
    now = Kept(hue, vivid)
    assert kept(sample(now), otherwise=now) == now
    assert kept(sample(now).upper(), otherwise=now) == now


@pytest.mark.parametrize("vivid", ["quiet", "soft"])
@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_the_sample_looks_like_what_it_stands_for(hue: int, vivid: str) -> None:
    seen = kept(sample(Kept(hue, vivid)), otherwise=RED)
    assert min((seen.hue - hue) % 360, (hue - seen.hue) % 360) <= 10
    assert seen.vivid == vivid


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "javascript:", "#gggggg"])
def test_what_is_no_colour_keeps_the_present_one(text: str) -> None:
    assert kept(text, otherwise=RED) == RED


def test_another_colour_is_measured() -> None:
    assert kept("#0000ff", otherwise=RED) == Kept(260, "bold")
    assert kept("#808080", otherwise=RED) == Kept(250, "quiet")
