"""Selling at the desk: every choice says what it would do, and saving does just that."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import STAFF, at, book, make_client

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment
from clientela.ledger.models import Payment, Sale
from clientela.platform.audit import history
from clientela.rules.redemption_state import RedemptionState

pytestmark = pytest.mark.django_db

OLD, TODAY = "2026-11-12", "2026-11-23"


@pytest.fixture
def page(home, client_card):
    return f"{home}clients/{client_card.pk}/sell/"


@pytest.fixture
def fill(at_desk, page, five):
    """Give a function that reads the page as it is asked for and returns what its form would send."""

    def filled(**chosen: str) -> dict[str, str]:
        asked = {"what": f"package:{five.pk}", "applies": OLD, "pay": "later", **chosen}
        shown = at_desk.get(page, asked)
        assert shown.status_code == 200
        return {**asked, "expects": shown.context["expects"], "key": shown.context["key"]}

    return filled


def states(rows) -> list[str]:
    for one in rows:
        one.refresh_from_db()
    return [one.redemption for one in rows]


def turns(page, number: int) -> list[tuple[str, str, str]]:
    """What one of the dates on the page says that it does."""
    _day, effect = page.context["days"][number]
    return [
        (one.when, one.before.text, one.after.text if one.after else "") for one in effect.turns
    ]


@pytest.mark.req("S1.17")
@pytest.mark.req("S1.23")
def test_each_application_date_shows_its_own_effect_before_anything_is_saved(
    at_desk, page, five, pending
):
    shown = at_desk.get(page)
    waits, booked = "Pending redemption", "Booked"
    assert [day.value for day, _effect in shown.context["days"]] == [OLD, TODAY, "other"]
    assert turns(shown, 0) == [
        ("Thu 12 Nov, 17:00 (Madrid)", waits, booked),
        ("Thu 26 Nov, 17:00 (Madrid)", waits, booked),
    ]
    assert turns(shown, 1) == [
        ("Thu 12 Nov, 17:00 (Madrid)", waits, ""),
        ("Thu 26 Nov, 17:00 (Madrid)", waits, booked),
    ]
    assert shown.context["days"][0][1].left == "3 credits are left, until Wed 12 May 2027."
    assert [day.checked for day, _effect in shown.context["days"]] == [False, True, False]
    assert Sale.objects.count() == 0


@pytest.mark.req("S1.17")
def test_another_day_shows_its_effect_by_a_plain_link(at_desk, page, five, pending):
    shown = at_desk.get(page, {"applies": "other", "other": "2026-11-25"})
    day, effect = shown.context["days"][2]
    assert (day.on, day.checked) == (date(2026, 11, 25), True)
    assert [one.after.text if one.after else "" for one in effect.turns] == ["", "Booked"]
    assert 'value="2026-11-25"' in shown.text


@pytest.mark.req("S1.19")
def test_sold_from_today_the_past_goes_on_waiting(at_desk, page, fill, pending):
    at_desk.post(page, fill(applies=TODAY))
    assert states(pending) == [RedemptionState.PENDING, RedemptionState.REDEEMED]


@pytest.mark.req("S1.20")
def test_sold_from_the_day_of_the_past_appointment_it_is_redeemed(at_desk, page, fill, pending):
    answer = at_desk.post(page, fill(applies=OLD))
    sale = Sale.objects.get()
    assert answer.url.endswith(f"/sales/{sale.pk}/")
    assert states(pending) == [RedemptionState.REDEEMED, RedemptionState.REDEEMED]
    assert (sale.applies_on, sale.sold_on) == (date(2026, 11, 12), date(2026, 11, 23))
    assert sale.state == "pending_payment"
    assert [line.action for line in history(subject=sale)] == ["sale-made"]


def test_money_taken_with_the_sale_is_noted_with_its_own_day(at_desk, page, fill, pending):
    at_desk.post(page, fill(pay="cash", amount="100,00", paid_on="2026-11-20"))
    sale, payment = Sale.objects.get(), Payment.objects.get()
    assert (sale.state, payment.amount_minor) == ("partly_paid", 10_000)
    assert (payment.method, payment.paid_on) == ("cash", date(2026, 11, 20))


def test_an_amount_left_empty_is_all_of_it(at_desk, page, fill, pending):
    at_desk.post(page, fill(pay="terminal"))
    assert Sale.objects.get().state == "paid"
    assert Payment.objects.get().amount_minor == 30_000


@pytest.mark.req("S1.23")
def test_what_changed_meanwhile_is_shown_and_nothing_is_sold(
    at_desk, page, fill, pending, physio, client_card
):
    sent = fill(pay="cash", amount="120")
    cancel_appointment(appointment=pending[1], by=STAFF, door="desk", now=at("2026-11-23 08:00"))
    answer = at_desk.post(page, sent)
    assert answer.status_code == 409
    assert "Something changed while you were looking" in answer.text
    assert 'value="120"' in answer.text
    assert Sale.objects.count() == 0
    again = {**sent, "expects": answer.context["expects"]}
    assert at_desk.post(page, again).status_code == 302
    assert Sale.objects.count() == 1


def test_another_tile_chosen_without_a_script_is_shown_before_it_is_sold(
    at_desk, page, fill, pending, physio
):
    answer = at_desk.post(page, {**fill(), "what": f"service:{physio.pk}"})
    assert answer.status_code == 409
    assert Sale.objects.count() == 0


def test_a_second_press_sells_once(at_desk, page, fill, pending):
    sent = fill(pay="cash")
    first, second = at_desk.post(page, sent), at_desk.post(page, sent)
    assert first.url == second.url
    assert (Sale.objects.count(), Payment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "amount", ["-1", "0", "0.001", "1e308", "NaN", "1e5", "١٢", "Infinity", "1 2x", "300.01"]
)
def test_what_is_no_amount_is_said_beside_the_field(at_desk, page, fill, pending, amount):
    answer = at_desk.post(page, fill(pay="cash", amount=amount))
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]
    assert amount in answer.text
    assert Sale.objects.count() == 0


def test_another_price_is_for_this_sale_only(at_desk, page, fill, pending, five):
    sent = fill(price="250", pay="cash")
    shown = at_desk.get(page, sent)
    assert (shown.context["sum"].price_minor, shown.context["sum"].usual_minor) == (25_000, 30_000)
    at_desk.post(page, sent)
    five.refresh_from_db()
    assert (Sale.objects.get().price_minor, five.price_minor) == (25_000, 30_000)
    assert Payment.objects.get().amount_minor == 25_000


def test_a_sale_for_nothing_is_paid(at_desk, page, fill, pending):
    at_desk.post(page, fill(price="0", pay="cash"))
    assert Sale.objects.get().state == "paid"
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("what", "package:nobody"),
        ("pay", "barter"),
        ("paid_on", "2026-11-24"),
        ("paid_on", "2024-01-01"),
        ("other", "yesterday"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_sold(at_desk, page, fill, pending, name, value):
    sent = fill(pay="cash", applies="other" if name == "other" else OLD, other="2026-11-12")
    answer = at_desk.post(page, {**sent, name: value})
    assert answer.status_code == 422
    assert Sale.objects.count() == 0


def test_an_application_date_beyond_reach_is_refused(at_desk, page, fill, pending):
    sent = fill(applies="other", other="2020-01-01")
    answer = at_desk.post(page, sent)
    assert answer.status_code == 422
    assert "more than two years back" in answer.text


def test_one_session_is_sold_for_the_appointment_it_was_asked_for(
    at_desk, page, physio, pending, five
):
    shown = at_desk.get(page, {"appointment": str(pending[1].pk), "service": str(physio.pk)})
    assert [day.on for day, _ in shown.context["days"] if day.checked] == [date(2026, 11, 23)]
    assert [line.appointment for line in shown.context["preview"].redeems] == [pending[1]]
    sent = {
        "what": f"service:{physio.pk}",
        "applies": TODAY,
        "appointment": str(pending[1].pk),
        "pay": "cash",
        "expects": shown.context["expects"],
        "key": "one",
    }
    assert at_desk.post(page, sent).status_code == 302
    assert states(pending) == [RedemptionState.PENDING, RedemptionState.REDEEMED]
    assert Sale.objects.get().cause == f"appointment:{pending[1].pk}"


def test_an_appointment_without_need_is_paid_at_the_desk_too(
    at_desk, page, service, client_card, five
):
    type(service).objects.filter(pk=service.pk).update(needs_credits=False)
    service.refresh_from_db()
    one = book(service, at("2026-11-24 10:00"), client=client_card).appointment
    assert one.redemption == RedemptionState.NONE
    shown = at_desk.get(page, {"appointment": str(one.pk)})
    sent = {
        "what": f"service:{service.pk}",
        "applies": TODAY,
        "appointment": str(one.pk),
        "pay": "terminal",
        "key": "one",
    }
    assert str(one.pk) in shown.text
    assert shown.context["tile"].key == f"service:{service.pk}"
    assert at_desk.post(page, sent).status_code == 302
    assert states([one]) == [RedemptionState.REDEEMED]


def test_the_professional_sells_to_their_own_clients_and_reads_only_their_own(  # noqa: PLR0917 -- fixtures
    sit,
    professional_member,
    home,
    page,
    five,
    pending,
    colleague,
    shared_service,
    client_card,
    fill,
):
    type(shared_service).objects.filter(pk=shared_service.pk).update(needs_credits=True)
    shared_service.refresh_from_db()
    book(
        shared_service,
        at("2026-11-27 10:00"),
        client=client_card,
        professional=colleague,
        by=STAFF,
    )
    browser = sit(professional_member)
    shown = browser.get(page)
    assert shown.status_code == 200
    assert "Fri 27 Nov" not in shown.text
    stranger = make_client(client_card.business, "Zoe Nobody", "zoe@example.com")
    assert browser.get(f"{home}clients/{stranger.pk}/sell/").status_code == 404
    answer = browser.post(page, fill(), follow=True)
    assert answer.context["sale"] == Sale.objects.get()
    assert Sale.objects.get().professional == professional_member.membership.professional


def test_the_neighbours_cannot_sell_here(sit, outsider, page, fill, pending):
    browser = sit(outsider)
    assert browser.get(page).status_code == 404
    assert browser.post(page, fill()).status_code == 404
    assert Sale.objects.count() == 0


def test_many_waiting_appointments_cost_no_more_queries(at_desk, page, five, physio, client_card):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert at_desk.get(page).status_code == 200
        return len(counted)

    book(physio, at("2026-11-24 09:00"), client=client_card, by=STAFF)
    queries()
    one = queries()
    for hour in ("10:00", "11:00", "12:00", "15:00"):
        book(physio, at(f"2026-11-24 {hour}"), client=client_card, by=STAFF)
    assert queries() == one
    assert Appointment.objects.filter(redemption="pending").count() == 5


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("Fecha de aplicación", "Pendiente de canje", "Reservada", "Pendiente de pago")),
        ("it", ("Data di applicazione", "In attesa di riscatto", "Prenotato")),
    ],
)
def test_the_page_speaks_the_readers_language(sit, desk, page, five, pending, language, words):
    shown = sit(desk, language=language).get(page)
    for said in words:
        assert said.lower() in shown.text.lower()
