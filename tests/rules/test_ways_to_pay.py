"""Which ways to pay a booking has."""

from __future__ import annotations

import pytest

from clientela.catalogue.models import PaysOnline
from clientela.rules.ways_to_pay import ONLINE, Way, ways_to_pay


def ways(pays_online: PaysOnline, **facts: object) -> tuple[Way, ...]:
    given = {"has_credit": False, "can_pay_online": True, "price_minor": 6500, **facts}
    return ways_to_pay(pays_online=pays_online.value, **given)  # type: ignore[arg-type]  # one dict of mixed facts


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        (PaysOnline.OFF, (Way.LATER,)),
        (PaysOnline.MAY, (Way.LATER, Way.NOW)),
        (PaysOnline.DEPOSIT, (Way.DEPOSIT, Way.NOW)),
        (PaysOnline.FULL, (Way.NOW,)),
    ],
)
def test_the_service_says_what_is_asked_while_booking(
    asks: PaysOnline, expected: tuple[Way, ...]
) -> None:
    assert ways(asks) == expected


@pytest.mark.parametrize("asks", list(PaysOnline))
def test_a_credit_goes_before_money(asks: PaysOnline) -> None:
    assert ways(asks, has_credit=True) == (Way.CREDIT,)


@pytest.mark.parametrize("asks", list(PaysOnline))
def test_nothing_is_paid_now_where_there_is_nothing_to_pay_or_nowhere_to_pay_it(
    asks: PaysOnline,
) -> None:
    assert ways(asks, price_minor=0) == (Way.LATER,)
    assert ways(asks, can_pay_online=False) == (Way.LATER,)


@pytest.mark.parametrize("asks", [PaysOnline.DEPOSIT, PaysOnline.FULL])
def test_what_is_asked_cannot_be_left_for_later(asks: PaysOnline) -> None:
    assert set(ways(asks)) <= ONLINE
