"""Who is it for: somebody who may book for others of their household is asked, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.people.families import card_of, household_with
from tests.people.persons import person
from tests.web.balance.conftest import take_online
from tests.web.booking_page.conftest import Page

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client, HouseholdMember
from clientela.rules.redemption_state import RedemptionState

TUESDAY_TEN = "20261124T0900Z"


@pytest.fixture
def ana(page: Page, account: Account, business: Business, scope: None) -> Client:
    """Ana, signed in, with a card here."""
    page.client.force_login(account)
    return card_of(business, account)


@pytest.fixture
def bea(ana: Client, business: Business) -> Client:
    """Bea, who lets Ana book."""
    bea = card_of(business, person("bea@example.com", "Bea Prueba"))
    household_with(business, ana, bea)
    let(bea, lets_book=True)
    return bea


def let(card: Client, **gives: Any) -> None:
    HouseholdMember.objects.filter(client=card).update(**gives)


def test_the_page_asks_themselves_first(page: Page, service: Service, bea: Client) -> None:
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    asked = text[text.index("Who is it for?") : text.index("h-when")]
    assert asked.index("For me") < asked.index("Bea Prueba")
    assert f"for={bea.pk}" in asked
    assert f"start={TUESDAY_TEN}" in asked
    assert 'aria-current="true"' in asked[: asked.index("For me")]


def test_one_press_books_on_the_card_of_who_was_chosen(
    page: Page, service: Service, ana: Client, bea: Client
) -> None:
    chosen = {"start": TUESDAY_TEN, "for": str(bea.pk)}
    text = page.client.get(page.url, chosen).text
    assert "For Bea Prueba" in text
    assert "bea@example.com" not in text
    answer = page.client.post(page.url, page.form(**chosen))
    assert answer.status_code == 302
    made = Appointment.objects.get()
    assert (made.client, made.account) == (bea, bea.account)
    done = page.client.get(answer["Location"]).text
    assert "Booked for Bea on Tuesday" in done
    assert "It is in your account" not in done
    assert "bea@example.com" not in done


def test_without_a_choice_it_is_ones_own(
    page: Page, service: Service, ana: Client, bea: Client
) -> None:
    page.client.post(page.url, page.form(start=TUESDAY_TEN))
    assert Appointment.objects.get().client == ana


@pytest.mark.parametrize("taken_back", [{"lets_book": False}, {"until": factories.NOW}])
def test_what_is_taken_back_while_the_page_stands_is_refused_and_said(
    page: Page, service: Service, ana: Client, bea: Client, taken_back: dict[str, Any]
) -> None:
    form = page.form(start=TUESDAY_TEN, **{"for": str(bea.pk)})
    let(bea, **taken_back)
    answer = page.client.post(page.url, form)
    assert answer.status_code == 422
    assert "You cannot book for this person any more. Nothing was booked." in answer.text
    assert "Bea" not in answer.text
    assert not Appointment.objects.exists()


def test_somebody_who_lets_nobody_is_not_named_nor_booked_for(
    page: Page, service: Service, ana: Client, bea: Client
) -> None:
    let(bea, lets_book=False, lets_see=True)
    for foreign in (bea, factories.make_client(ana.business, "Otto Ajeno", "otto@example.org")):
        chosen = {"start": TUESDAY_TEN, "for": str(foreign.pk)}
        text = page.client.get(page.url, chosen).text
        assert "Who is it for?" not in text
        assert foreign.record_name not in text
        posted = page.client.post(page.url, {**page.form(start=TUESDAY_TEN), "for": foreign.pk})
        assert posted.status_code == 422
    assert not Appointment.objects.exists()


def test_a_guest_cannot_book_for_anybodys_card(page: Page, service: Service, bea: Client) -> None:
    page.client.logout()
    page.client.post(page.url, {**page.details(start=TUESDAY_TEN), "for": str(bea.pk)})
    assert Appointment.objects.get().client.record_name == "Luz Prueba"


def test_what_is_offered_is_what_the_relative_may_have(
    page: Page, shared_service: Service, ana: Client, bea: Client, colleague: Professional
) -> None:
    Client.objects.filter(pk=bea.pk).update(bound_to=colleague)
    factories.set_hours(colleague, (900, 1080))
    text = page.client.get(page.url, {"day": "2026-11-24", "for": str(bea.pk)}).text
    assert ">15:00<" in text
    assert ">10:00<" not in text


def test_their_sessions_are_no_business_of_who_books(
    page: Page, service: Service, bea: Client
) -> None:
    service.needs_credits = True
    service.save()
    factories.sell(bea, factories.make_package(service))
    chosen = {"start": TUESDAY_TEN, "for": str(bea.pk)}
    assert "Paid with your" not in page.client.get(page.url, chosen).text
    answer = page.client.post(page.url, page.form(**chosen))
    assert Appointment.objects.get().redemption == RedemptionState.REDEEMED
    assert "Bono 5" not in page.client.get(answer["Location"]).text


def test_it_costs_one_query_for_who_has_a_household_and_none_for_others(
    page: Page, service: Service, ana: Client, business: Business
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page.client.get(page.url)
        return len(asked)

    alone = queries()
    household_with(business, ana, card_of(business, person("bea@example.com", "Bea Prueba")))
    assert queries() == alone + 1


def test_nobody_leaves_their_own_card_for_anothers_no_show(
    page: Page, service: Service, business: Business, bea: Client
) -> None:
    take_online(business)
    service.price_minor, service.no_show_fee_minor = 6500, 3000
    service.save()
    chosen = {"start": TUESDAY_TEN, "for": str(bea.pk)}
    text = page.client.get(page.url, chosen).text
    assert "it must be that of the person who comes" in text
    assert 'name="keep_card"' not in text
    posted = page.client.post(page.url, {**page.form(**chosen), "keep_card": "on"})
    assert posted.status_code == 422
    assert not Appointment.objects.exists()
