"""A couple's second member books alone: new at first, returning once both have said so, and paid as such."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import NOW, at
from tests.payouts.books import MONDAY, SUNDAY, TUESDAY, agree, attend, settle
from tests.payouts.hearing import hear
from tests.people import families
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Appointment
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.models import Adjustment, StatementLine
from clientela.people.actions.leave_household import leave_household
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.rules.attribution import MarkerPolicy

HOUR = timedelta(hours=1)
LATER = at("2026-12-01 10:00")


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    """Sixty a visit."""
    return factories.make_service(business, professionals=(professional,), price_minor=6000)


@pytest.fixture
def couple(business: Business) -> list[Account]:
    return [person("ana@example.com", "Ana Prueba"), person("luis@example.com", "Luis Prueba")]


def cards(business: Business, couple: list[Account]) -> list[Client]:
    return [families.card_of(business, one) for one in couple]


def said(one: Appointment) -> tuple[str, str]:
    explained = explain_marker(one)
    assert explained is not None
    assert explained.agrees
    return explained.row.value, explained.row.reason


@pytest.mark.req("S0.12", "C6", "L4", "L5")
@pytest.mark.parametrize("policy", list(MarkerPolicy))
def test_the_second_of_a_couple_is_new_until_both_agree_and_the_payout_follows(
    business: Business,
    professional: Professional,
    service: Service,
    couple: list[Account],
    policy: MarkerPolicy,
) -> None:
    choose_marker_policy(business=business, policy=policy, by=factories.STAFF, now=NOW)
    agree(business)
    ana, luis = cards(business, couple)
    attend(service, MONDAY, ana)
    second = attend(service, TUESDAY, luis)
    assert said(second) == ("new", "first-visit")
    closed = settle(professional)
    kept = list(StatementLine.objects.order_by("id").values_list("id", "newness", "amount_minor"))
    families.agree(couple[0], couple[1], now=SUNDAY)
    hear(SUNDAY, times=3)
    assert said(second) == ("returning", "household")
    adjusted = Adjustment.objects.get()
    assert (adjusted.appointment_id, adjusted.amount_minor) == (second.pk, 3900 - 2400)
    closed.refresh_from_db()
    lines = StatementLine.objects.order_by("id")
    assert list(lines.values_list("id", "newness", "amount_minor")) == kept
    for card in (ana, luis):
        card.refresh_from_db()
        assert card.merged_into_id is None
        assert card.record_name in {"Ana Prueba", "Luis Prueba"}


@pytest.mark.req("L4", "L5")
def test_leaving_turns_nothing_back_and_says_nothing_of_what_comes_after(
    business: Business, service: Service, couple: list[Account]
) -> None:
    ana, luis = cards(business, couple)
    first = factories.book(service, MONDAY, client=ana, by=factories.STAFF).appointment
    families.agree(couple[0], couple[1])
    hear(NOW)
    during = factories.book(service, TUESDAY, client=luis, by=factories.STAFF).appointment
    assert said(during) == ("returning", "household")
    leave(couple[1], luis)
    eva = person("eva@example.com", "Eva")
    late = families.card_of(business, eva)
    families.agree(couple[0], eva)
    leave(eva, late)
    hear(SUNDAY)
    assert said(during) == ("returning", "household")
    cancel_appointment(appointment=first, by=factories.STAFF, door="x", now=NOW)
    hear(SUNDAY)
    assert said(during) == ("new", "first-visit"), "what never was makes nobody a returning client"
    again = factories.book(service, MONDAY, client=ana, by=factories.STAFF).appointment
    after = factories.book(service, LATER, client=late, by=factories.STAFF, now=SUNDAY).appointment
    assert (said(again)[0], said(after)) == ("new", ("new", "first-visit"))


def leave(account: Account, card: Client) -> None:
    leave_household(account=account, card=card, by=Actor.client(account.pk), now=NOW + HOUR)
