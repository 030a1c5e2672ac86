"""What a number can be sent, as far as the plans of numbers tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from clientela.people.phones import NumberKind, number_country, number_kind

TABLE = [
    ("+34612345678", NumberKind.MOBILE, "ES"),
    ("+34722345678", NumberKind.MOBILE, "ES"),
    ("+34912345678", NumberKind.LANDLINE, "ES"),
    ("+393471234567", NumberKind.MOBILE, "IT"),
    ("+390612345678", NumberKind.LANDLINE, "IT"),
    ("+447400123456", NumberKind.MOBILE, "GB"),
    ("+442079460000", NumberKind.LANDLINE, "GB"),
    # One plan for both: nobody can tell, and nobody is refused.
    ("+12025550123", NumberKind.UNKNOWN, "US"),
    ("+16132345678", NumberKind.UNKNOWN, "CA"),
    # Whoever writes there pays.
    ("+34803123456", NumberKind.INVALID, "ES"),
    ("+34902123456", NumberKind.INVALID, "ES"),
    ("+447012345678", NumberKind.INVALID, "GB"),
    ("+39899123456", NumberKind.INVALID, "IT"),
    ("+18005551234", NumberKind.INVALID, "US"),
    # Nobody's.
    ("+3", NumberKind.INVALID, ""),
    ("+34999", NumberKind.INVALID, "ES"),
    ("+999123456789", NumberKind.INVALID, ""),
    ("612345678", NumberKind.INVALID, ""),
    ("VODAFONE", NumberKind.INVALID, ""),
    ("", NumberKind.INVALID, ""),
]


@pytest.mark.nodb
@pytest.mark.req("S4.6", "MSG-14")
@pytest.mark.parametrize(("number", "kind", "country"), TABLE)
def test_the_plans_of_numbers_tell_what_can_be_sent_where(
    number: str, kind: NumberKind, country: str
) -> None:
    assert number_kind(number) is kind
    assert number_country(number) == country


@pytest.mark.nodb
def test_a_number_kept_for_stories_is_a_mobile_in_a_demo_and_nobodys_anywhere_else(
    settings: Any,
) -> None:
    assert (number_kind("+447700900123"), number_country("+447700900123")) == (
        NumberKind.INVALID,
        "",
    )
    settings.DEMO = True
    assert (number_kind("+447700900123"), number_country("+447700900123")) == (
        NumberKind.MOBILE,
        "GB",
    )
    assert number_kind("+447701900123") is NumberKind.MOBILE, "a real one"
    assert number_kind("+447012345678") is NumberKind.INVALID


@pytest.mark.nodb
@given(st.text(max_size=60))
def test_whatever_stands_there_is_answered(text: str) -> None:
    assert number_kind(text) in NumberKind
    assert number_country(text) == number_country(text).upper()
