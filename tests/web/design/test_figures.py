"""Amounts and durations in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from clientela.web.design import figures
from clientela.web.design.templatetags.design import breakable

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "minor", "currency", "price", "money"),
    [
        ("es", 4800, "EUR", "48 €", "48,00 €"),
        ("it", 30000, "EUR", "300 €", "300,00 €"),
        ("en", 9600, "GBP", "£96", "£96.00"),
        ("en", 4850, "EUR", "€48.50", "€48.50"),
        ("en", 124_000, "GBP", "£1,240", "£1,240.00"),
        ("en", -2000, "GBP", "-£20", "-£20.00"),
        ("en", 5000, "JPY", "JP¥5,000", "JP¥5,000"),
    ],
)
def test_money_is_written_as_the_language_does(
    language: str, minor: int, currency: str, price: str, money: str
) -> None:
    with override(language):
        assert figures.price(minor, currency).replace(NBSP, " ") == price
        assert figures.money(minor, currency).replace(NBSP, " ") == money


def test_a_currency_of_three_decimals_counts_in_thousandths() -> None:
    assert figures.money(1500, "KWD").replace(NBSP, " ") == "KWD1.500"


@pytest.mark.parametrize(
    ("lasts", "said"), [(5, "5 min"), (45, "45 min"), (60, "1 h"), (75, "1 h 15 min"), (120, "2 h")]
)
def test_durations_are_read_in_hours_and_minutes(lasts: int, said: str) -> None:
    assert figures.minutes(lasts) == said


def test_an_address_is_broken_at_its_signs_only_and_is_no_markup() -> None:
    assert breakable("ana.b@example.com") == "ana.b@<wbr>example.com"
    assert breakable("<b>..@x") == "&lt;b&gt;..@<wbr>x"
    assert breakable("a@town-hall-of-a-town.example") == (
        "a@<wbr>town-<wbr>hall-<wbr>of-<wbr>a-<wbr>town.<wbr>example"
    )
    assert breakable("912 000 111") == "912 000 111"
