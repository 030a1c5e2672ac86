"""What a professional earns of a visit."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from clientela.rules.attribution import Newness
from clientela.rules.commission import Commission, commission_for, part_of, share_of

MASSAGE, EVA, IRENE = UUID(int=1), UUID(int=2), UUID(int=3)
MAY = date(2026, 5, 1)


def rule(number: int, new: int | None = 5000, **fields: object) -> Commission:
    given = {
        "id": UUID(int=100 + number), "number": number, "service": None, "professional": None,
        "valid_from": MAY, "new_share": new, "returning_share": new,
    }  # fmt: skip
    return Commission(**(given | fields))  # type: ignore[arg-type]  # named as the fields are


def number_of(*rules: Commission, on: date = MAY) -> int | None:
    found = commission_for(rules, service=MASSAGE, professional=EVA, on=on)
    return found.number if found else None


def test_the_narrowest_rule_holds_and_a_professionals_goes_before_a_services() -> None:
    all_, service = rule(1), rule(2, service=MASSAGE)
    person, both = rule(3, professional=EVA), rule(4, service=MASSAGE, professional=EVA)
    assert number_of(all_) == 1
    assert number_of(service, all_) == 2
    assert number_of(all_, person, service) == 3
    assert number_of(both, all_, person, service) == 4
    assert number_of(rule(5, professional=IRENE)) is None


def test_a_later_rule_replaces_the_same_from_its_day_on() -> None:
    june = date(2026, 6, 1)
    rules = [rule(1), rule(2, valid_from=june), rule(3, valid_from=june)]
    assert number_of(*rules, on=date(2026, 5, 31)) == 1
    assert number_of(*rules, on=june) == 3  # of two from one day, the one made later
    assert number_of(rule(1, valid_from=june), on=MAY) is None


def test_a_rule_without_shares_gives_way_to_the_wider_one() -> None:
    assert number_of(rule(1), rule(2, professional=EVA), rule(3, new=None, professional=EVA)) == 1


def test_new_and_returning_clients_have_shares_of_their_own() -> None:
    both = rule(1, new=4000, returning_share=6000)
    assert [share_of(both, one) for one in Newness] == [4000, 6000]


@pytest.mark.parametrize(
    ("basis", "share", "part"),
    [(1, 5000, 1), (1, 4999, 0), (333, 5000, 167), (6000, 10_000, 6000), (0, 7000, 0), (99, 0, 0)],
)
def test_half_a_unit_is_rounded_up(basis: int, share: int, part: int) -> None:
    assert part_of(basis, share) == part


@given(st.integers(0, 10_000_000_000), st.integers(0, 10_000))
def test_a_part_is_the_exact_share_rounded_half_up(basis: int, share: int) -> None:
    exact = Decimal(basis) * share / 10_000
    assert part_of(basis, share) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(("basis", "share"), [(-1, 5000), (1, 10_001), (1, -1)])
def test_there_is_no_share_of_less_than_nothing(basis: int, share: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        part_of(basis, share)
