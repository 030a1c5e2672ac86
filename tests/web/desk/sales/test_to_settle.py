"""What waits is said where staff look: to settle, beside the places, on the calendar, in the record, on the appointment."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import STAFF, at, book, make_client

from clientela.booking.models import Status
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method
from clientela.rules.redemption_state import RedemptionState

pytestmark = pytest.mark.django_db

APPLIES = date(2026, 11, 12)


def place(page, label: str):
    return next(one for one in page.context["nav"] if one.label == label)


def tab(page, label: str):
    return next(one for one in page.context["tabs"] if one.label == label)


@pytest.mark.req("S1.9")
def test_what_waits_stands_first_with_the_way_to_settle_it(
    at_desk, home, client_card, pending, five
):
    page = at_desk.get(f"{home}sales/")
    assert [row.one for row in page.context["pending"]] == pending
    assert page.context["pending_count"] == 2
    assert [row.is_past for row in page.context["pending"]] == [True, False]
    sell = f"{home}clients/{client_card.pk}/sell/?appointment={pending[0].pk}"
    assert sell in page.text
    shown = at_desk.get(sell)
    assert [day.on for day, _ in shown.context["days"] if day.checked] == [APPLIES]


def test_unpaid_sales_stand_beside_and_every_sale_below(at_desk, home, pending, sold):
    sale = sold(applies_on=APPLIES, payment=Taken(method=Method.CASH, amount_minor=10_000))
    page = at_desk.get(f"{home}sales/")
    assert page.context["pending"] == []
    assert [(row.sale, row.due) for row in page.context["unpaid"]] == [(sale, 20_000)]
    assert [row.sale for row in page.context["rows"]] == [sale]
    assert f"{home}sales/{sale.pk}/pay/" in page.text


@pytest.mark.parametrize(("state", "seen"), [("unpaid", True), ("paid", False), ("ended", False)])
def test_sales_are_filtered_by_their_state(at_desk, home, sold, pending, state, seen):
    sold()
    rows = at_desk.get(f"{home}sales/?state={state}").context["rows"]
    assert bool(rows) is seen


def test_sales_are_found_by_the_clients_name(at_desk, home, sold, pending):
    sold()
    assert len(at_desk.get(f"{home}sales/?q=ana").context["rows"]) == 1
    assert at_desk.get(f"{home}sales/?q=nobody").context["rows"] == []


def test_a_professional_settles_what_is_theirs(
    sit, professional_member, professional, colleague, home, pending, sold
):
    browser = sit(professional_member)
    assert place(browser.get(home), "Sales").count == 2
    sold(applies_on=APPLIES, professional=colleague)
    assert place(browser.get(home), "Sales").count == 0
    assert browser.get(f"{home}sales/").context["unpaid"] == []
    sold(professional=professional)
    assert place(browser.get(home), "Sales").count == 1


def test_the_neighbours_see_nothing_of_it(sit, outsider, home, next_door, pending, sold):
    sold()
    assert sit(outsider).get(f"{home}sales/").status_code == 404
    page = sit(outsider).get(f"/desk/{next_door.slug}/sales/")
    assert (page.context["pending"], page.context["rows"]) == ([], [])


def test_the_count_beside_the_places_costs_one_query(at_desk, home, pending, sold, business):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert at_desk.get(f"{home}clients/new/").status_code == 200
        return len(counted)

    before = queries()
    sold()
    assert queries() == before
    assert place(at_desk.get(f"{home}clients/"), "Sales").count == 2


def test_a_long_list_costs_no_more_queries(at_desk, home, business, physio, five, sold):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert at_desk.get(f"{home}sales/").status_code == 200
        return len(counted)

    def one_more(number: int) -> None:
        card = make_client(business, f"Client {number}", f"c{number}@example.com")
        book(physio, at(f"2026-11-24 {9 + number:02}:00"), client=card, by=STAFF)
        other = make_client(business, f"Buyer {number}", f"b{number}@example.com")
        sold(client=other)

    one_more(0)
    queries()
    first = queries()
    for number in range(1, 3):
        one_more(number)
    assert queries() == first


@pytest.mark.req("S1.10")
def test_the_bookings_tab_warns_while_something_is_pending_redemption(
    at_desk, home, client_card, pending, sold
):
    record = f"{home}clients/{client_card.pk}/"
    page = at_desk.get(record)
    assert (tab(page, "Bookings").count, tab(page, "Bookings").warns) == (2, True)
    assert "2 appointments are pending redemption" in page.text
    assert [badge.text for row in page.context["past"] for badge in row.badges] == [
        "Pending redemption"
    ]
    assert page.context["badges"][0].text == "2 pending redemption"
    assert f"{record}sell/?applies=2026-11-12" in page.text
    sold(applies_on=APPLIES)
    page = at_desk.get(record)
    assert tab(page, "Bookings").count == 0
    assert "pending redemption" not in page.text


@pytest.mark.req("S1.13")
def test_the_accounting_tab_warns_while_a_sale_is_pending_payment(
    at_desk, home, client_card, pending, sold
):
    record = f"{home}clients/{client_card.pk}/accounting/"
    sale = sold(applies_on=APPLIES)
    page = at_desk.get(record)
    assert (tab(page, "Accounting").count, tab(page, "Accounting").warns) == (1, True)
    assert "A sale is pending payment: €300.00" in page.text
    assert f"{home}sales/{sale.pk}/pay/" in page.text
    assert [(row.services, row.left, row.span) for row in page.context["balances"]] == [
        ("Fisioterapia", "3 credits of 5 left", "until Wed 12 May 2027")
    ]
    form = {"method": "cash", "amount": "300", "paid_on": "2026-11-23", "key": "a"}
    at_desk.post(f"{home}sales/{sale.pk}/pay/", form)
    page = at_desk.get(record)
    assert tab(page, "Accounting").count == 0
    assert [row.badge.text for row in page.context["sales"]] == ["Paid"]


def test_the_history_explains_the_balance(at_desk, home, client_card, pending, sold):
    sold(applies_on=APPLIES)
    lines = at_desk.get(f"{home}clients/{client_card.pk}/accounting/").context["statement"]
    assert sorted(line.title for line in lines) == ["Granted +5", *2 * ["Redeemed \N{MINUS SIGN}1"]]
    about = " ".join(line.when for line in lines)
    assert "Thu 12 Nov, 17:00 (Madrid)" in about
    assert "3 left" in about


def test_the_accounting_of_a_busy_client_costs_no_more_queries(
    at_desk, home, client_card, pending, sold
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            at_desk.get(f"{home}clients/{client_card.pk}/accounting/")
        return len(counted)

    sold(applies_on=APPLIES)
    queries()
    first = queries()
    sold(applies_on=APPLIES)
    sold(applies_on=APPLIES)
    assert queries() == first


def test_the_day_shows_what_waits_and_who_owes(at_desk, home, client_card, pending, sold, business):
    day = f"{home}?day=2026-11-26"
    page = at_desk.get(day)
    assert page.context["unredeemed"] == 1
    assert "1 appointment of this day is pending redemption" in page.text
    assert [badge.text for entry in page.context["listed"].entries for badge in entry.badges] == [
        "Pending redemption",
        "Returning",
    ]
    assert [pile.title for pile in page.context["piles"]] == ["Pending redemption"]
    sold(applies_on=APPLIES)
    page = at_desk.get(day)
    assert page.context["unredeemed"] == 0
    assert [(row.sale.client, row.due) for row in page.context["owing"]] == [(client_card, 30_000)]
    assert [pile.title for pile in page.context["piles"]] == ["Sales to be paid"]
    assert at_desk.get(f"{home}?day=2026-11-25").context["owing"] == []


def test_a_held_time_says_until_when(at_desk, home, physio, client_card):
    held = book(
        physio, at("2026-11-24 10:00"), client=client_card, held_until=at("2026-11-23 08:30")
    ).appointment
    assert held.status == Status.HELD
    page = at_desk.get(f"{home}?day=2026-11-24")
    assert [badge.text for entry in page.context["listed"].entries for badge in entry.badges] == [
        "Held until 08:30"
    ]
    page = at_desk.get(f"{home}appointments/{held.pk}/")
    assert "Held while the client pays" in page.text
    assert "08:30 (Madrid)" in page.text


def test_the_appointment_says_what_its_credit_does_and_what_comes_next(
    at_desk, home, pending, sold
):
    url = f"{home}appointments/{pending[1].pk}/"
    page = at_desk.get(url)
    part = page.context["money_part"]
    assert page.context["state"].text == "Pending redemption"
    assert [step.label for step in part.steps] == ["Sell", "Let it go without a credit"]
    assert "To the client it reads “Pending payment”" in part.words
    sold(applies_on=APPLIES)
    part = at_desk.get(url).context["money_part"]
    assert (part.title, part.words) == ("Redeemed", "Credit 2 of 5: Bono de 5 sesiones")
    assert (part.sale_state.text, part.due) == ("Pending payment", "€300.00")
    assert [step.label for step in part.steps] == ["Take payment"]


def test_an_appointment_is_let_go_without_a_credit(at_desk, home, pending):
    url = f"{home}appointments/{pending[0].pk}/waive/"
    assert at_desk.get(url).status_code == 200
    assert at_desk.post(url, {"because": ""}).status_code == 422
    assert at_desk.post(url, {"because": "A gift"}).status_code == 302
    pending[0].refresh_from_db()
    assert pending[0].redemption == RedemptionState.NONE
    page = at_desk.get(f"{home}appointments/{pending[0].pk}/")
    assert page.context["history"][0].title == "Let go without a credit"


def test_another_professionals_appointment_cannot_be_waived(
    sit, professional_member, colleague, shared_service, client_card, home
):
    type(shared_service).objects.filter(pk=shared_service.pk).update(needs_credits=True)
    shared_service.refresh_from_db()
    one = book(
        shared_service, at("2026-11-24 10:00"), client=client_card, professional=colleague, by=STAFF
    ).appointment
    browser = sit(professional_member)
    assert browser.post(f"{home}appointments/{one.pk}/waive/", {"because": "x"}).status_code == 404
    one.refresh_from_db()
    assert one.redemption == RedemptionState.PENDING


@pytest.mark.parametrize(("said", "state"), [("returned", "returned"), ("forfeited", "forfeited")])
def test_cancelling_says_what_becomes_of_the_credit_and_staff_choose(
    at_desk, home, pending, sold, said, state
):
    sold(applies_on=APPLIES)
    url = f"{home}appointments/{pending[1].pk}/cancel/"
    page = at_desk.get(url)
    assert "It goes back to the client" in page.text
    assert "The client cancelled late: it is used up" in page.text
    at_desk.post(url, {"reason": "", "credit": said})
    pending[1].refresh_from_db()
    assert (pending[1].status, pending[1].redemption) == (Status.CANCELLED, state)


def test_cancelling_what_waits_asks_nothing_about_credits(at_desk, home, pending):
    url = f"{home}appointments/{pending[1].pk}/cancel/"
    page = at_desk.get(url)
    assert "It waits for redemption no longer." in page.text
    assert 'name="credit"' not in page.text


def test_moving_out_of_the_credits_validity_is_said_first(at_desk, home, pending, sold, five):
    type(five).objects.filter(pk=five.pk).update(valid_count=15, valid_unit="day")
    five.refresh_from_db()
    sold(applies_on=APPLIES)
    pending[1].refresh_from_db()
    assert pending[1].redemption == RedemptionState.REDEEMED
    url = f"{home}appointments/{pending[1].pk}/move/"
    near = at_desk.get(url, {"start": "20261127T0900Z"})
    assert near.context["credit"] == ""
    far = at_desk.get(url, {"start": "20261201T0900Z"})
    assert far.context["choice"].start == at("2026-12-01 10:00")
    assert far.context["credit"] == "pending"
    assert "Its credit does not cover that day" in far.text
    sent = {"start": "20261201T0900Z", "professional": str(pending[1].professional_id), "key": "a"}
    dropped = at_desk.post(url, sent)
    assert dropped.status_code == 409
    pending[1].refresh_from_db()
    assert pending[1].redemption == RedemptionState.REDEEMED
    assert at_desk.post(url, {**sent, "credit_override": "1"}).status_code == 302
    pending[1].refresh_from_db()
    assert (pending[1].starts_at, pending[1].redemption) == (
        at("2026-12-01 10:00"),
        RedemptionState.PENDING,
    )
