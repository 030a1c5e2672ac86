"""The tip about a mistyped address."""

from __future__ import annotations

import pytest

from clientela.web.booking_page.email_tip import distance, likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmai.com", "ana@gmail.com"),
        ("ana@hotmial.es", "ana@hotmail.es"),
        ("ana@exmaple.com", "ana@example.com"),
        ("Ana@Outlok.com", "Ana@outlook.com"),
        ("ana@libero.ti", "ana@libero.it"),
        ("ana@mysalon.con", "ana@mysalon.com"),
    ],
)
def test_a_slip_is_noticed(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "ana@gmail.com",
        "ana@GMAIL.com",
        "ana@gmx.de",
        "ana@mysalon.es",
        "ana@mac.com",
        "ana@sky.org",
        "ana@uni.it",
        "ana",
        "@gmial.com",
        "",
    ],
)
def test_what_may_be_meant_as_typed_is_left_alone(typed: str) -> None:
    assert likely_meant(typed) == ""


def test_slips_are_counted() -> None:
    assert distance("gmail.com", "gmail.com") == 0
    assert distance("gmial.com", "gmail.com") == 1  # swapped
    assert distance("gmal.com", "gmail.com") == 1  # missing
    assert distance("gmaill.com", "gmail.com") == 1  # too many
    assert distance("gmeil.con", "gmail.com") == 2
