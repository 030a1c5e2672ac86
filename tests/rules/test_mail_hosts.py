"""Mistyped addresses, and who keeps a mailbox."""

from __future__ import annotations

import pytest

from clientela.rules.mail_hosts import is_large_provider, likely_meant
from clientela.rules.near_miss import is_near_miss, slips


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
    assert slips("gmail.com", "gmail.com") == 0
    assert slips("gmial.com", "gmail.com") == 1  # swapped
    assert slips("gmal.com", "gmail.com") == 1  # missing
    assert slips("gmaill.com", "gmail.com") == 1  # too many
    assert slips("gmeil.con", "gmail.com") == 2


def test_one_slip_makes_a_near_miss_and_two_do_not() -> None:
    assert is_near_miss("+34600000012", "+34600000021")
    assert is_near_miss("+34600000012", "+3460000012")
    assert not is_near_miss("+34600000012", "+34600000012")
    assert not is_near_miss("+34600000012", "+34611000012")
    assert not is_near_miss("", "+34600000012")


def test_a_host_of_ones_own_is_told_from_a_large_provider() -> None:
    assert is_large_provider("ana@GMAIL.com")
    assert not is_large_provider("ana@mysalon.es")
    assert not is_large_provider("")
