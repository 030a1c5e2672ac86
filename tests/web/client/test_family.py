"""What somebody sees of their household's appointments on their own page: only what each allows, and only while."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.people.families import household_with
from tests.people.persons import person
from tests.web.client.conftest import booked, browser_of, card_of

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment
from clientela.booking.queries import family_appointments
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.add_child import add_child
from clientela.people.actions.leave_household import leave_household
from clientela.people.models import Client as Card, HouseholdMember
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope

HOME = "/client/"


@pytest.fixture
def bea(business: Business, card: Card) -> Card:
    """Bea, of Ana's household."""
    bea = card_of(business, person("bea@example.com", "Bea Prueba"))
    household_with(business, card, bea)
    return bea


@pytest.fixture
def hers(service: Service, bea: Card) -> Appointment:
    """Bea's appointment on Tuesday at four."""
    made = booked(service, bea, "2026-11-24 16:00")
    with business_scope(bea.business_id):
        made.client_note, made.price_minor = "left knee", 12300
        made.save()
    return made


def let(card: Card, **gives: Any) -> None:
    with system_scope("the test"):
        HouseholdMember.objects.filter(client=card).update(**gives)


def test_it_is_shown_with_its_time_and_zone_and_without_notes_money_or_acts(
    signed_in: Client, bea: Card, hers: Appointment
) -> None:
    let(bea, lets_see=True)
    text = signed_in.get(HOME).text
    family = text[text.index('id="h-family"') :].partition("</section>")[0]
    assert "Bea Prueba · Fisioterapia with Irene" in family
    assert ">16:00</time>" in family
    assert "Madrid" in family
    for kept in ("left knee", "123", str(hers.pk), "href=", "bea@example.com"):
        assert kept not in family


@pytest.mark.parametrize(
    "gives",
    [{}, {"lets_book": True, "lets_pay": True, "shares_credits": True}],
    ids=["nothing", "everything else"],
)
def test_without_that_very_permission_nothing_is_shown(
    signed_in: Client, bea: Card, hers: Appointment, gives: dict[str, bool]
) -> None:
    let(bea, **gives)
    text = signed_in.get(HOME).text
    assert "h-family" not in text
    assert "Bea" not in text


@pytest.mark.parametrize("change", [{"lets_see": False}, {"until": factories.NOW}])
def test_what_is_taken_back_is_gone_at_the_next_look(
    signed_in: Client, bea: Card, hers: Appointment, change: dict[str, Any]
) -> None:
    let(bea, lets_see=True)
    assert "Bea Prueba" in signed_in.get(HOME).text
    let(bea, **change)
    assert "Bea" not in signed_in.get(HOME).text


def test_it_holds_one_way_only(service: Service, card: Card, bea: Card, visit: Appointment) -> None:
    let(bea, lets_see=True)
    assert bea.account is not None
    text = browser_of(bea.account).get(HOME).text
    assert "Ana" not in text


def test_the_page_of_anothers_appointment_stays_closed(
    signed_in: Client, bea: Card, hers: Appointment
) -> None:
    let(bea, lets_see=True)
    assert signed_in.get(f"/client/appointments/{hers.pk}/").status_code == 404


def test_what_is_cancelled_past_or_deleted_is_not_shown(
    signed_in: Client, service: Service, bea: Card, hers: Appointment
) -> None:
    let(bea, lets_see=True)
    booked(service, bea, "2026-11-19 10:00")
    with business_scope(bea.business_id):
        cancel_appointment(appointment=hers, by=factories.STAFF, door="desk", now=factories.NOW)
    assert "h-family" not in signed_in.get(HOME).text


def test_a_page_that_did_not_ask_for_permission_would_show_it(
    signed_in: Client, bea: Card, hers: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: it is this one condition that hides it."""
    monkeypatch.setattr(family_appointments, "lent_cards", lambda **_: living_cards())
    assert "Bea Prueba" in signed_in.get(HOME).text


def test_it_costs_two_queries_for_who_has_a_household(
    signed_in: Client,
    bea: Card,
    hers: Appointment,
    visit: Appointment,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    let(bea, lets_see=True)
    with django_assert_num_queries(16):  # who is to be seen, and for whom a bill waits
        signed_in.get(HOME)


@pytest.fixture
def leo(service: Service, card: Card) -> Card:
    """The child that Ana answers for."""
    assert card.account is not None
    by = Actor.client(card.account.pk)
    return add_child(account=card.account, card=card, name="Leo Prueba", by=by, now=factories.NOW)


@pytest.fixture
def his(service: Service, leo: Card) -> Appointment:
    """Leo's appointment on Wednesday at four."""
    with business_scope(leo.business_id):
        return factories.book(service, factories.at("2026-11-25 16:00"), client=leo).appointment


def test_who_answers_for_a_child_looks_after_its_appointment(
    signed_in: Client, his: Appointment
) -> None:
    page = f"/client/appointments/{his.pk}/"
    assert f'href="{page}"' in signed_in.get(HOME).text
    assert "Leo Prueba · " in signed_in.get(page).text
    assert signed_in.get(f"{page}cancel").status_code == 200
    assert signed_in.post(f"{page}cancel").status_code == 302
    with system_scope("the test"):
        his.refresh_from_db()
    assert his.status == "cancelled"


@pytest.mark.parametrize(
    "gives", [{"lets_see": True}, {"lets_book": True, "lets_see": True, "lets_pay": True}]
)
def test_another_of_the_household_does_not_whatever_they_may(
    card: Card, bea: Card, his: Appointment, gives: dict[str, bool]
) -> None:
    assert bea.account is not None
    let(his.client, **gives)
    browser = browser_of(bea.account)
    page = f"/client/appointments/{his.pk}/"
    assert "Leo Prueba · " in browser.get(HOME).text
    assert page not in browser.get(HOME).text
    assert [browser.get(page).status_code, browser.post(f"{page}cancel").status_code] == [404, 404]


def test_who_takes_the_child_off_looks_after_it_no_more(
    signed_in: Client, card: Card, leo: Card, his: Appointment
) -> None:
    assert card.account is not None
    by = Actor.client(card.account.pk)
    leave_household(account=card.account, card=leo, by=by, now=factories.NOW)
    assert signed_in.get(f"/client/appointments/{his.pk}/").status_code == 404
    assert "Leo" not in signed_in.get(HOME).text


def test_the_same_again_is_for_the_child(
    signed_in: Client, service: Service, leo: Card, his: Appointment
) -> None:
    page = f"/client/appointments/{his.pk}/"
    assert f"&amp;for={leo.pk}#when" in signed_in.get(f"{page}again").text
    sent = {"start": "20261124T0900Z", "professional": str(his.professional_id)}
    assert signed_in.post(f"{page}again", sent).status_code == 302
    with system_scope("the test"):
        made = Appointment.objects.exclude(pk=his.pk).get()
    assert (made.client_id, made.account_id) == (leo.pk, None)


def test_what_was_sold_for_the_child_is_named_without_a_link_that_would_not_open(
    signed_in: Client, service: Service, leo: Card
) -> None:
    with business_scope(leo.business_id):
        service.needs_credits = True
        service.save()
        factories.sell(leo, factories.make_package(service))
        covered = factories.book(service, factories.at("2026-11-26 16:00"), client=leo).appointment
    text = signed_in.get(f"/client/appointments/{covered.pk}/").text
    assert "Bono 5" in text
    assert "/client/sales/" not in text
