"""Parts of money make the whole again."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given, strategies as st

from clientela.rules.tax import Parts, split_evenly, split_tax

PRICES = st.integers(0, 100_000_000)
RATES = st.integers(0, 10_000)
USUAL = (0, 400, 500, 550, 1000, 1900, 2000, 2100, 2200, 2550, 10_000)
# A hundred thousand splits in each run: of yen and dinars as of euros, a minor unit is a minor unit.
EACH = 9_100


@pytest.mark.req("PAY-07")
@pytest.mark.parametrize("rate", USUAL)
def test_net_and_tax_make_the_price_for_a_hundred_thousand_prices(rate: int) -> None:
    before = Parts(0, 0)
    for step in range(EACH):
        gross = step if step < EACH // 2 else step * 7919 % 100_000_001
        parts = split_tax(gross, rate)
        assert parts.net + parts.tax == gross
        assert parts.tax == round(Fraction(gross * rate, 10_000 + rate))
        if step < EACH // 2:
            assert parts.tax >= before.tax
            assert parts.net >= before.net
            before = parts


@pytest.mark.parametrize(
    ("gross", "rate", "parts"),
    [
        (12_100, 2100, Parts(10_000, 2_100)),
        (30_000, 2100, Parts(24_793, 5_207)),
        (1, 10_000, Parts(1, 0)),
        (3, 10_000, Parts(1, 2)),
        (5, 10_000, Parts(3, 2)),
        (1000, 0, Parts(1000, 0)),
        (0, 2100, Parts(0, 0)),
    ],
)
def test_the_tax_in_a_price_is_rounded_half_to_even(gross: int, rate: int, parts: Parts) -> None:
    assert split_tax(gross, rate) == parts


@pytest.mark.req("PAY-07")
@given(PRICES, RATES, st.lists(st.integers(1, 100_000_000), max_size=6))
def test_a_price_taken_back_piece_by_piece_takes_all_its_tax_back(
    gross: int, rate: int, cuts: list[int]
) -> None:
    stops = sorted({0, gross, *(cut % (gross + 1) for cut in cuts)})
    taken = [split_tax(stop, rate) for stop in stops]
    steps = [
        Parts(later.net - earlier.net, later.tax - earlier.tax)
        for earlier, later in pairwise(taken)
    ]
    assert all(one.net >= 0 and one.tax >= 0 for one in steps)
    assert Parts(sum(one.net for one in steps), sum(one.tax for one in steps)) == split_tax(
        gross, rate
    )


@pytest.mark.req("PAY-07")
@given(PRICES, st.integers(1, 1000))
@example(0, 1)
@example(100_000_000, 7)
def test_even_parts_make_the_whole_and_differ_by_one_at_most(total: int, parts: int) -> None:
    found = split_evenly(total, parts)
    assert (len(found), sum(found)) == (parts, total)
    assert max(found) - min(found) <= 1
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(("gross", "rate"), [(-1, 2100), (100, -1), (100, 10_001)])
def test_there_is_no_price_below_nothing_and_no_tax_above_the_whole(gross: int, rate: int) -> None:
    with pytest.raises(ValueError, match="no price with tax"):
        split_tax(gross, rate)


def test_nothing_is_split_in_no_parts() -> None:
    for total, parts in ((100, 0), (-1, 2)):
        with pytest.raises(ValueError, match="nothing to split"):
            split_evenly(total, parts)
