"""A session of somebody of the household: who may use it, who reads what of it, and how it goes back."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import at
from tests.people.families import household_with, put_child
from tests.people.persons import person
from tests.web.balance.conftest import NOW, booked, browser_of, card_of

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.causes import cause_of
from clientela.booking.links import manage_path
from clientela.booking.models import Appointment
from clientela.booking.queries import family_to_settle
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import Redemption, Sale
from clientela.ledger.queries.sales_told import credits_told
from clientela.people.models import Client as Card, HouseholdMember
from clientela.people.queries.living_cards import living_cards
from clientela.platform.tenancy import business_scope, system_scope

HERE = "/client/balance/fisio-retiro/"
LENT = "Use a session of Ana Prueba"


@pytest.fixture
def luis(business: Business, card: Card) -> Card:
    """Luis, of Ana's household, whose card the business spells in its own way."""
    luis = card_of(business, person("luis@example.com", "Luis Prueba"), name="L. Prueba")
    household_with(business, card, luis)
    return luis


@pytest.fixture
def his(luis: Card) -> Client:
    """His browser."""
    assert luis.account is not None
    return browser_of(luis.account)


@pytest.fixture
def visit(paid_service: Service, luis: Card, sale: Sale) -> Appointment:
    """His appointment on Tuesday at ten, which nothing of his pays for; Ana has five sessions."""
    return booked(paid_service, luis, "2026-11-24 10:00")


@pytest.fixture
def leave(visit: Appointment, card: Card) -> None:
    """Ana lets the others use her sessions."""
    let(card, shares_credits=True)


def let(card: Card, **gives: Any) -> None:
    with system_scope("the test"):
        HouseholdMember.objects.filter(client=card).update(**gives)


def page(one: Appointment) -> str:
    return f"/client/appointments/{one.pk}/"


def use(browser: Client, one: Appointment, lender: Card, **more: Any) -> Any:
    return browser.post(f"{page(one)}credit", {"lender": lender.pk}, **more)


def give_back(browser: Client, one: Appointment, **more: Any) -> Any:
    return browser.post(f"{page(one)}credit/back", **more)


def standing(one: Appointment) -> Redemption | None:
    with system_scope("the test looks"):
        rows = Redemption.objects.filter(cause=cause_of(one.pk), released_at__isnull=True)
        return rows.select_related("grant").first()


def state(one: Appointment) -> str:
    with system_scope("the test looks"):
        one.refresh_from_db()
    return one.redemption


@pytest.mark.req("L4")
def test_the_others_session_pays_is_given_back_and_pays_again(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    text = his.get(page(visit)).text
    assert LENT in text
    done = use(his, visit, card, follow=True).text
    assert "It is paid for with a session of Ana Prueba." in done
    assert "A session of <strong>Ana Prueba</strong>" in done
    assert "still to be paid" not in done
    used = standing(visit)
    assert used is not None
    assert (used.lent, used.grant.client_id, state(visit)) == (True, card.pk, "redeemed")
    assert "Pending payment" not in his.get("/client/").text
    back = give_back(his, visit, follow=True).text
    assert "The session is given back." in back
    assert LENT in back
    assert (standing(visit), state(visit)) == (None, "pending")
    use(his, visit, card)
    assert state(visit) == "redeemed"


def test_nothing_is_offered_or_used_without_leave(
    his: Client, visit: Appointment, card: Card
) -> None:
    let(card, lets_book=True, lets_see=True, lets_pay=True)
    assert "Ana" not in his.get(page(visit)).text.partition("<main")[2]
    refused = use(his, visit, card)
    assert refused.status_code == 409
    assert "Nothing was changed." in refused.text
    assert state(visit) == "pending"


def test_leave_that_ended_while_the_page_was_open_is_no_leave(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    assert LENT in his.get(page(visit)).text
    let(card, shares_credits=False)
    assert use(his, visit, card).status_code == 409
    assert state(visit) == "pending"


def test_what_was_lent_stays_lent_when_the_leave_ends(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    use(his, visit, card)
    let(card, shares_credits=False)
    assert "A session of <strong>Ana Prueba</strong>" in his.get(page(visit)).text
    assert state(visit) == "redeemed"


@pytest.mark.parametrize("lender", ["", "x", "00000000-0000-0000-0000-000000000000", "own"])
def test_whom_the_form_names_lends_or_is_nobody(
    his: Client, visit: Appointment, leave: None, luis: Card, lender: str
) -> None:
    key = str(luis.pk) if lender == "own" else lender
    assert his.post(f"{page(visit)}credit", {"lender": key}).status_code == 409
    assert state(visit) == "pending"


def test_somebody_elses_appointment_is_none_at_all(
    signed_in: Client, visit: Appointment, leave: None, card: Card, business: Business
) -> None:
    """Ana lends; that lets her act on nothing of his. Nor a stranger, nor somebody with no log-in."""
    stranger = person("eva@example.com", "Eva")
    card_of(business, stranger)
    for browser in (signed_in, browser_of(stranger)):
        assert use(browser, visit, card).status_code == 404
        assert give_back(browser, visit).status_code == 404
    assert use(Client(), visit, card).status_code == 302
    assert state(visit) == "pending"


def test_a_link_that_somebody_follows_changes_nothing(his: Client, visit: Appointment) -> None:
    paths = (f"{page(visit)}credit", f"{page(visit)}credit/back")
    assert [his.get(path).status_code for path in paths] == [405, 405]


def test_who_lends_reads_for_whom_and_nothing_of_what(
    signed_in: Client, his: Client, visit: Appointment, leave: None, card: Card, sale: Sale
) -> None:
    use(his, visit, card)
    give_back(his, visit)
    use(his, visit, card)
    text = signed_in.get(HERE).text.partition("<main")[2]
    history = text[text.index('id="h-history"') :]
    assert history.count("One session used for Luis Prueba") == 2
    assert history.count("Came back: it was lent to Luis Prueba") == 1
    sold = signed_in.get(f"/client/sales/{sale.pk}/").text.partition("<main")[2]
    assert "Luis Prueba" in sold
    assert "lent on Sun 22 Nov 2026" in sold
    told = str(credits_told_of(card))
    for shown in (text, sold, told):
        for secret in (str(visit.pk), "24 Nov", "2026-11-24", "10:00", "Irene", "L. Prueba"):
            assert secret not in shown
    assert "1 used, 4 free" in text
    assert "reserved" not in text, "when it is, is not told either"
    assert signed_in.get(page(visit)).status_code == 404


def credits_told_of(card: Card) -> list[dict[str, object]]:
    with business_scope(card.business_id):
        return credits_told(card=card)


def test_that_the_others_visit_was_missed_is_not_told_to_who_lent(
    signed_in: Client, his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    use(his, visit, card)
    before = signed_in.get(HERE).text.partition("<main")[2]
    with business_scope(visit.business_id):
        cancel_appointment(
            appointment=visit, by=factories.STAFF, door="desk", forfeits=True, now=NOW
        )
    assert state(visit) == "forfeited"
    after = signed_in.get(HERE).text.partition("<main")[2]
    assert words(after) == words(before)
    assert "Lost" not in after
    assert "forfeited" not in str(credits_told_of(card))


def words(text: str) -> list[str]:
    """Without what every page makes anew."""
    return [line for line in text.splitlines() if "csrf" not in line]


def test_who_borrows_reads_whose_it_is_and_nothing_of_what_is_left_or_owed(
    his: Client, visit: Appointment, leave: None, card: Card, sale: Sale
) -> None:
    before = his.get(page(visit)).text
    use(his, visit, card)
    pages = [before, *(his.get(path).text for path in (page(visit), f"{page(visit)}cancel", HERE))]
    for text in pages:
        main = text.partition("<main")[2]
        for secret in ("Bono de 5", "€300", "Ana P. Prueba", str(sale.pk), "4 free", "5 free"):
            assert secret not in main
    assert his.get(f"/client/sales/{sale.pk}/").status_code == 404
    assert his.get(f"{page(visit)}pay").status_code == 302, "there is nothing to pay"


def test_cancelling_says_to_whom_the_session_goes_back(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    use(his, visit, card)
    assert "The session goes back to Ana Prueba." in his.get(f"{page(visit)}cancel").text
    his.post(f"{page(visit)}cancel")
    assert (standing(visit), state(visit)) == (None, "returned")


def test_given_back_it_pays_at_once_for_what_its_owner_has_waiting(
    his: Client,
    paid_service: Service,
    luis: Card,
    card: Card,
) -> None:
    with business_scope(card.business_id):
        factories.sell(card, paid_service, now=NOW)
    visit = booked(paid_service, luis, "2026-11-24 10:00")
    let(card, shares_credits=True)
    use(his, visit, card)
    hers = booked(paid_service, card, "2026-11-24 12:00")
    assert state(hers) == "pending"
    give_back(his, visit)
    assert (state(hers), state(visit)) == ("redeemed", "pending")
    assert LENT not in his.get(page(visit)).text, "she has none left"


def test_from_its_beginning_on_it_is_not_given_back(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    use(his, visit, card)
    assert "Give the session back" in his.get(page(visit)).text
    with time_machine.travel(at("2026-11-24 10:00"), tick=False):
        assert "Give the session back" not in his.get(page(visit)).text
        assert give_back(his, visit).status_code == 409
    assert state(visit) == "redeemed"


def test_a_link_without_a_log_in_offers_no_session_and_names_nobody(
    his: Client, visit: Appointment, leave: None, card: Card
) -> None:
    with business_scope(visit.business_id):
        link = manage_path(visit)
    reader = Client(headers={"accept-language": "en"})
    waiting = reader.get(link).text.partition("<main")[2]
    assert "Ana" not in waiting
    use(his, visit, card)
    for path in (link, f"{link}cancel/"):
        text = reader.get(path, follow=True).text.partition("<main")[2]
        assert "Ana" not in text
        assert "Bono de 5" not in text
    assert "A session of your household" in reader.get(link).text


@pytest.fixture
def leo(business: Business, card: Card, luis: Card, paid_service: Service) -> Card:
    """Leo, whom Ana answers for."""
    with business_scope(business.pk):
        leo = factories.make_client(business, "Leo Prueba", "leo@example.com")
        household = HouseholdMember.objects.get(client=card).household
    put_child(household, leo, card)
    return leo


def book_for(paid_service: Service, card: Card, when: str) -> Appointment:
    with business_scope(card.business_id):
        return factories.book(paid_service, at(when), client=card, by=factories.STAFF).appointment


@pytest.mark.req("L4")
def test_a_mother_uses_her_session_for_her_child(
    signed_in: Client, his: Client, leo: Card, card: Card, sale: Sale, paid_service: Service
) -> None:
    visit = book_for(paid_service, leo, "2026-11-24 11:00")
    text = signed_in.get(HERE).text
    family = text[text.index('id="h-lent"') :].partition("</section>")[0]
    for said in ("Leo Prueba", "Tue 24 Nov, 11:00 (Madrid)", "Use a session of yours"):
        assert said in family
    assert "Leo" not in his.get(HERE).text, "nobody let him"
    assert use(his, visit, card).status_code == 404
    done = use(signed_in, visit, card, follow=True)
    assert done.redirect_chain[-1][0] == HERE
    assert "Paid for with a session of yours" in done.text
    assert state(visit) == "redeemed"
    assert "The session is given back." in give_back(signed_in, visit, follow=True).text
    assert state(visit) == "pending"


@pytest.mark.parametrize("sees", [False, True])
def test_who_may_pay_for_another_uses_a_session_for_it_and_reads_what_it_is_if_they_may_see(
    signed_in: Client, visit: Appointment, luis: Card, card: Card, sees: bool
) -> None:
    let(card, shares_credits=True)
    assert 'id="h-lent"' not in signed_in.get(HERE).text
    let(luis, lets_pay=True, lets_see=sees)
    text = signed_in.get(HERE).text
    family = text[text.index('id="h-lent"') :].partition("</section>")[0]
    assert "Luis Prueba" in family
    assert ("Tue 24 Nov" in family) is sees
    assert ("An appointment that is not paid yet" in family) is not sees
    use(signed_in, visit, card)
    assert state(visit) == "redeemed"
    let(luis, lets_pay=False)
    assert give_back(signed_in, visit).status_code == 404
    assert state(visit) == "redeemed"


def test_a_door_that_did_not_ask_for_permission_would_open(
    signed_in: Client, visit: Appointment, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: it is this one condition that hides the appointment of another."""
    let(card, shares_credits=True)
    monkeypatch.setattr(family_to_settle, "lent_cards", lambda **_: living_cards())
    assert use(signed_in, visit, card).status_code != 404


def test_what_is_asked_of_the_database_grows_by_the_lenders_only(
    his: Client,
    visit: Appointment,
    leave: None,
    card: Card,
    business: Business,
    bono: Package,
) -> None:
    first = count(his, page(visit))
    with business_scope(business.pk):
        household = HouseholdMember.objects.get(client=card).household
        for name in ("Bea", "Cara"):
            child = factories.make_client(business, name, f"{name}@example.com")
            put_child(household, child, card, shares_credits=True)
            factories.sell(child, bono, now=NOW)
    assert his.get(page(visit)).text.count("Use a session of") == 3
    assert count(his, page(visit)) <= first + 2 * 2, "two for each"


def count(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        browser.get(path)
    return len(seen)
