"""At the desk: a credit of the household redeems what waits, stands on both records, and goes back to whose it is."""

from __future__ import annotations

import pytest
from tests.factories import NOW, at, book
from tests.people.families import card_of, household_with
from tests.people.persons import person
from tests.web.desk.sales.conftest import COMING

from clientela.people.models import HouseholdMember
from clientela.rules.redemption_state import RedemptionState

pytestmark = pytest.mark.django_db

OFFER = "Use a credit of Ana Prueba (household)"


@pytest.fixture
def luis(business, client_card):
    """Luis, of Ana's household; she lets the others use her credits."""
    luis = card_of(business, person("luis@example.net", "Luis Prueba"))
    client_card.account = person("ana@example.net", "Ana Prueba")
    client_card.save()
    household_with(business, client_card, luis)
    HouseholdMember.objects.filter(client=client_card).update(shares_credits=True)
    return luis


@pytest.fixture
def visit(physio, luis):
    """His appointment on Thursday, which waits."""
    return book(physio, at(COMING), client=luis).appointment


def page(home, visit) -> str:
    return f"{home}appointments/{visit.pk}/"


def state(visit) -> str:
    visit.refresh_from_db()
    return visit.redemption


@pytest.mark.req("L4")
def test_a_credit_of_the_household_is_used_and_given_back(
    at_desk, home, visit, luis, client_card, sold
):
    assert OFFER not in at_desk.get(page(home, visit)).text, "she has none"
    sold()
    assert OFFER in at_desk.get(page(home, visit)).text
    done = at_desk.post(f"{page(home, visit)}credit/", {"lender": client_card.pk}, follow=True)
    assert "Redeemed with a credit of Ana Prueba." in done.text
    assert f"clients/{client_card.pk}/accounting/" in done.text
    assert "Redeemed with a credit of the household" in done.text, "the history says it"
    assert state(visit) == RedemptionState.REDEEMED
    hers = at_desk.get(f"{home}clients/{client_card.pk}/accounting/").text
    lent = hers[hers.index('id="h-lent"') :].partition("</section>")[0]
    assert "Lent to" in lent
    assert f"clients/{luis.pk}/accounting/" in lent
    assert page(home, visit) in lent
    his = at_desk.get(f"{home}clients/{luis.pk}/accounting/").text
    used = his[his.index('id="h-lent"') :].partition("</section>")[0]
    assert "A credit of" in used
    assert f"clients/{client_card.pk}/accounting/" in used
    back = at_desk.post(f"{page(home, visit)}credit/back/", follow=True)
    assert "The credit went back to whose it is." in back.text
    assert state(visit) == RedemptionState.PENDING
    assert "came back" in at_desk.get(f"{home}clients/{client_card.pk}/accounting/").text


def test_without_leave_or_by_now_without_it_nothing_is_used(
    at_desk, home, visit, client_card, luis, sold
):
    sold()
    HouseholdMember.objects.update(shares_credits=False)
    assert OFFER not in at_desk.get(page(home, visit)).text
    for lender in (client_card.pk, luis.pk, "x", ""):
        refused = at_desk.post(f"{page(home, visit)}credit/", {"lender": lender})
        assert refused.status_code == 409
        assert "Nothing was changed." in refused.text
    assert at_desk.post(f"{page(home, visit)}credit/back/").status_code == 409
    assert state(visit) == RedemptionState.PENDING


def test_a_professional_reads_of_no_household_and_uses_nothing_of_it(
    at_desk, sit, professional_member, home, visit, client_card, sold
):
    sold()
    theirs = sit(professional_member)
    shown = theirs.get(page(home, visit))
    assert shown.status_code == 200
    assert "Ana" not in shown.text
    assert theirs.post(f"{page(home, visit)}credit/", {"lender": client_card.pk}).status_code == 404
    at_desk.post(f"{page(home, visit)}credit/", {"lender": client_card.pk})
    assert "Ana" not in theirs.get(page(home, visit)).text
    assert "Ana" not in theirs.get(f"{page(home, visit)}cancel/").text
    assert theirs.post(f"{page(home, visit)}credit/back/").status_code == 404
    assert state(visit) == RedemptionState.REDEEMED


def test_cancelling_says_to_whom_it_goes_back(at_desk, home, visit, client_card, sold):
    sold()
    at_desk.post(f"{page(home, visit)}credit/", {"lender": client_card.pk})
    text = at_desk.get(f"{page(home, visit)}cancel/").text
    assert "It goes back to Ana Prueba" in text
    assert "goes back to the client" not in text


def test_the_sale_says_to_whom_and_voiding_whose_appointment_waits_again(
    at_desk, home, visit, client_card, sold
):
    sale = sold()
    at_desk.post(f"{page(home, visit)}credit/", {"lender": client_card.pk})
    assert "lent to Luis Prueba" in at_desk.get(f"{home}sales/{sale.pk}/").text
    assert "Luis Prueba · " in at_desk.get(f"{home}sales/{sale.pk}/void/").text


def test_next_door_nobody_lends(at_desk, visit, client_card, next_door, sold):
    sold()
    path = f"/desk/{next_door.slug}/appointments/{visit.pk}/credit/"
    assert at_desk.post(path, {"lender": client_card.pk}).status_code == 404
    assert state(visit) == RedemptionState.PENDING
    assert visit.changed_at <= NOW
