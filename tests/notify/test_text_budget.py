"""What texts may cost is never exceeded, and no number is flooded, however many ask at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from tests.factories import NOW
from tests.notify.texting import ANA, LUZ, make_gateway

from clientela.business.models import Business
from clientela.notify import text_budget
from clientela.notify.models import TextGateway, TextSpend
from clientela.notify.text_budget import (
    COUNTRY_OFF,
    MONTHLY_CAP,
    NUMBER_LIMIT,
    PER_DAY,
    TextSpending,
    spent_in_month,
)


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    return make_gateway(business, cap_minor=80)


def one(
    gateway: TextGateway, number: str = ANA, *, segments: int = 1, is_counted: bool = True
) -> TextSpending:
    return TextSpending(gateway=gateway, number=number, segments=segments, is_counted=is_counted)


def spend_texts(spendings: list[TextSpending], now: datetime) -> list[str]:
    """As the worker does, in a transaction of its own."""
    with transaction.atomic():
        return text_budget.spend_texts(spendings=spendings, now=now)


def number(at: int) -> str:
    """Another Spanish mobile number each time."""
    return f"+346{at:08d}"


@pytest.mark.django_db
@pytest.mark.req("ABU-02")
def test_the_months_cap_is_reached_exactly_and_never_passed(gateway: TextGateway) -> None:
    answers = spend_texts(spendings=[one(gateway, number(at)) for at in range(25)], now=NOW)
    assert answers == [""] * 10 + [MONTHLY_CAP] * 15
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == 80
    # A dear one finds no room where a cheap one would.
    gateway.cap_minor = 96
    assert spend_texts(spendings=[one(gateway, number(50), segments=3)], now=NOW) == [MONTHLY_CAP]
    assert spend_texts(spendings=[one(gateway, number(50), segments=2)], now=NOW) == [""]
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == 96


@pytest.mark.django_db
def test_the_next_month_begins_at_nothing(gateway: TextGateway) -> None:
    assert spend_texts(spendings=[one(gateway, segments=10)], now=NOW) == [""]
    assert spend_texts(spendings=[one(gateway, LUZ)], now=NOW) == [MONTHLY_CAP]
    assert spend_texts(spendings=[one(gateway, LUZ)], now=NOW + timedelta(days=8)) == [""]
    assert dict(TextSpend.objects.values_list("month", "spent_minor")) == {
        "2026-11": 80,
        "2026-12": 8,
    }


@pytest.mark.django_db
@pytest.mark.req("ABU-02")
def test_a_number_gets_three_a_day_and_what_the_staff_write_besides(gateway: TextGateway) -> None:
    assert spend_texts(spendings=[one(gateway)] * 5, now=NOW) == [""] * PER_DAY + [NUMBER_LIMIT] * 2
    assert spend_texts(spendings=[one(gateway, is_counted=False)], now=NOW) == [""]
    assert spend_texts(spendings=[one(gateway, LUZ)], now=NOW) == [""]  # the control
    assert spend_texts(spendings=[one(gateway)], now=NOW + timedelta(hours=23)) == [NUMBER_LIMIT]
    assert spend_texts(spendings=[one(gateway)], now=NOW + timedelta(hours=27)) == [""]


@pytest.mark.django_db
@pytest.mark.req("ABU-02")
@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (ANA, ""),
        ("+393471234567", COUNTRY_OFF),
        ("+12025550123", COUNTRY_OFF),
        (
            "+882161234567",
            COUNTRY_OFF,
        ),  # satellites, and other ranges of no country, cost a fortune
        ("rubbish", COUNTRY_OFF),
    ],
)
def test_numbers_of_countries_that_are_off_get_nothing_and_cost_nothing(
    gateway: TextGateway, number: str, answer: str
) -> None:
    assert spend_texts(spendings=[one(gateway, number)], now=NOW) == [answer]
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == (0 if answer else 8)
    gateway.countries = ["ES", "IT", "US"]
    on = number_is_of(gateway, number)
    assert spend_texts(spendings=[one(gateway, number)], now=NOW) == ["" if on else COUNTRY_OFF]


def number_is_of(gateway: TextGateway, number: str) -> bool:
    return any(number.startswith(prefix) for prefix in ("+34", "+39", "+1"))


@pytest.mark.django_db
def test_what_did_not_leave_is_taken_off_money_and_number(gateway: TextGateway) -> None:
    spend_texts(spendings=[one(gateway)] * 3, now=NOW)
    with transaction.atomic():
        text_budget.refund_texts(spendings=[one(gateway)], now=NOW)
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == 16
    assert spend_texts(spendings=[one(gateway)] * 2, now=NOW) == ["", NUMBER_LIMIT]


@pytest.mark.django_db
def test_what_the_cap_refuses_does_not_count_for_its_number(gateway: TextGateway) -> None:
    assert spend_texts(spendings=[one(gateway, segments=11)] * 3, now=NOW) == [MONTHLY_CAP] * 3
    assert spend_texts(spendings=[one(gateway)] * 3, now=NOW) == [""] * 3


@pytest.mark.django_db
def test_each_business_has_its_own_month_and_its_own_numbers(
    gateway: TextGateway, business: Business
) -> None:
    other = Business.objects.create(
        slug="otra", name="Otra", language="es", currency="EUR", created_at=NOW
    )
    theirs = make_gateway(other, cap_minor=8)
    answers = spend_texts(
        spendings=[one(gateway), one(theirs), one(theirs, LUZ), one(gateway)], now=NOW
    )
    assert answers == ["", "", MONTHLY_CAP, ""]
    assert spent_in_month(business_id=other.pk, now=NOW) == 8
