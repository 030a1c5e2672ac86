"""Money is whole minor units of one currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from clientela.rules.money import CurrencyMismatch, Money, exponent

currencies = st.sampled_from(("EUR", "GBP", "JPY", "KWD", "CLF", "USD"))


@given(st.integers(-(10**15), 10**15), currencies)
def test_the_decimal_form_comes_back_as_the_same_money(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of_major(money.major, currency) == money


@given(st.integers(), st.integers(), st.integers(-9, 9))
def test_sums_and_multiples_are_those_of_integers(one: int, other: int, times: int) -> None:
    assert Money(one, "EUR") + Money(other, "EUR") == Money(one + other, "EUR")
    assert Money(one, "EUR") - Money(other, "EUR") == Money(one - other, "EUR")
    assert Money(one, "EUR") * times == Money(one * times, "EUR")
    assert -Money(one, "EUR") == Money(-one, "EUR")
    assert (Money(one, "EUR") < Money(other, "EUR")) == (one < other)


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_a_currency_has_its_digits(currency: str, digits: int) -> None:
    assert exponent(currency) == digits
    assert Money(12345, currency).major == Decimal(12345).scaleb(-digits)


def test_a_part_of_a_cent_a_float_and_a_strange_code_are_refused() -> None:
    for amount in (Decimal("1.005"), Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="digits"):
            Money.of_major(amount, "EUR")
    for minor in (1.0, True, "5"):
        with pytest.raises(TypeError, match="integer"):
            Money(minor, "EUR")
    for code in ("eur", "EURO", ""):
        with pytest.raises(ValueError, match="capitals"):
            Money(1, code)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "GBP")
    with pytest.raises(CurrencyMismatch):
        _ = Money(1, "EUR") < Money(1, "GBP")
