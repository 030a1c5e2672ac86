"""The pages around the provider's: every state says what was done, what was not, and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.checkout.online import till
from tests.web.checksum import checksum

from clientela.booking.actions.end_hold import end_hold
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.book_with_payment import Paying
from clientela.checkout.actions.simulate_payment import Telling
from clientela.checkout.links import attempt_path, sale_path
from clientela.checkout.models import PaymentAttempt, ProviderAccount
from clientela.people.models import Client as Card
from clientela.platform.tenancy import system_scope
from clientela.rules.lifecycle import Status


def simulator_path(attempt: PaymentAttempt) -> str:
    return reverse("simulator:pay", args=[attempt.provider_ref])


def test_the_page_waits_says_until_when_and_changes_nothing(
    visitor: Client, paying: Paying
) -> None:
    path = attempt_path(paying.attempt)
    before = checksum()
    answer = visitor.get(path)
    assert checksum() == before
    assert answer.status_code == 200
    assert "Have you paid?" in answer.text
    assert "until 08:30 (Madrid)" in answer.text
    assert f'href="{paying.attempt.pay_url}"' in answer.text
    assert answer["Cache-Control"] == "no-store, private"
    assert "simulator" not in answer.text.replace("/simulator/payment/", "").lower()


def test_pay_on_the_provider_s_page_and_come_back_to_a_booked_time(
    visitor: Client, paying: Paying
) -> None:
    shown = visitor.get(simulator_path(paying.attempt))
    assert "A simulation" in shown.text
    back = visitor.post(simulator_path(paying.attempt), {"act": "pay"})
    assert back["Location"] == attempt_path(paying.attempt)
    told = visitor.get(back["Location"])
    assert "Your time is booked" in told.text
    assert "See your appointment" in told.text
    assert till.fresh(paying.booked.appointment).status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("act", "words", "button"),
    [
        ("refuse", "Nothing was taken", "Pay €48"),
        ("close", "Nothing was taken", "Pay €48"),
        ("pay-silent", "Have you paid?", "I have paid: look again"),
        ("pay-late", "Have you paid?", "I have paid: look again"),
    ],
)
def test_what_else_can_happen_on_the_provider_s_page(
    visitor: Client, paying: Paying, act: str, words: str, button: str
) -> None:
    back = visitor.post(simulator_path(paying.attempt), {"act": act})
    told = visitor.get(back["Location"])
    assert words in told.text
    assert button in told.text


def test_who_says_they_have_paid_is_believed_by_asking_the_provider(
    visitor: Client, paying: Paying
) -> None:
    till.pay(paying.attempt, telling=Telling.NEVER)
    path = attempt_path(paying.attempt)
    visitor.post(path, {"act": "look"})
    assert "Your time is booked" in visitor.get(path).text


def test_what_took_place_already_is_paid_and_not_said_to_be_booked(
    visitor: Client, paying: Paying
) -> None:
    visitor.post(simulator_path(paying.attempt), {"act": "pay"})
    Appointment.objects.filter(pk=paying.booked.appointment.pk).update(status=Status.ATTENDED)
    told = visitor.get(attempt_path(paying.attempt)).text
    assert "Paid. Thank you." in told
    assert "Your time is booked" not in told


def test_a_refused_card_may_be_tried_again_while_the_time_is_held(
    visitor: Client, paying: Paying
) -> None:
    visitor.post(simulator_path(paying.attempt), {"act": "refuse"})
    answer = visitor.post(attempt_path(paying.attempt), {"act": "again"})
    assert 'http-equiv="refresh"' in answer.text
    with system_scope("a test looks at what the page made"):
        second = PaymentAttempt.objects.exclude(pk=paying.attempt.pk).get()
    visitor.post(simulator_path(second), {"act": "pay"})
    assert till.fresh(paying.booked.appointment).status == Status.CONFIRMED


def test_giving_up_gives_the_time_back(visitor: Client, paying: Paying) -> None:
    answer = visitor.post(attempt_path(paying.attempt), {"act": "give-up"})
    assert answer.status_code == 302
    assert till.fresh(paying.booked.appointment).status == Status.CANCELLED
    told = visitor.get(attempt_path(paying.attempt)).text
    assert "You have not paid" in told
    assert "Choose another time" in told


def test_money_that_came_too_late_is_said_to_come_back(
    visitor: Client, paying: Paying, paid_service: Service
) -> None:
    end_hold(appointment=paying.booked.appointment, now=till.LATER)
    factories.book(
        paid_service,
        factories.at("2026-11-24 10:00"),
        client=factories.make_guest("Rosa", "rosa@example.com"),
        now=till.LATER,
    )
    till.pay(paying.attempt)
    told = visitor.get(attempt_path(paying.attempt)).text
    assert "Your money comes back" in told
    assert "€48" in told


def test_a_provider_that_does_not_answer_leaves_the_time_held_and_says_so(
    visitor: Client, paying: Paying
) -> None:
    PaymentAttempt.objects.filter(pk=paying.attempt.pk).update(
        state="new", pay_url="", provider_ref=""
    )
    told = visitor.get(attempt_path(paying.attempt)).text
    assert "The payment page does not answer" in told
    assert "until 08:30 (Madrid)" in told


def test_only_the_link_of_this_business_opens_the_page(
    visitor: Client, paying: Paying, next_door: Business
) -> None:
    path = attempt_path(paying.attempt)
    token = path.split("/")[-2]
    assert visitor.get(f"/{next_door.slug}/pay/{token}/").status_code == 404
    assert visitor.get(path.replace(token, token[:-1] + "x")).status_code == 404


def test_it_leads_back_only_to_pages_of_ours(visitor: Client, paying: Paying) -> None:
    for path in ("//evil.example/x", "https://evil.example/", "/\\evil.example", "javascript:x"):
        PaymentAttempt.objects.filter(pk=paying.attempt.pk).update(back_to=path)
        answer = visitor.post(attempt_path(paying.attempt), {"act": "give-up"})
        assert answer["Location"] == attempt_path(paying.attempt), path
        assert "evil" not in visitor.get(attempt_path(paying.attempt)).text


def test_a_mailed_link_pays_what_is_due_of_one_sale(
    visitor: Client, account: ProviderAccount, paid_service: Service, client_card: Card
) -> None:
    sale = factories.sell(client_card, factories.make_package(paid_service))
    factories.pay(sale, 5_000)
    path = sale_path(sale)
    shown = visitor.get(path).text
    assert "Pay €150" in shown
    assert client_card.record_name not in shown
    visitor.post(path)
    with system_scope("a test looks at what the page made"):
        attempt = PaymentAttempt.objects.get(sale=sale)
    visitor.post(simulator_path(attempt), {"act": "pay"})
    assert "Everything is paid" in visitor.get(path).text
    assert visitor.post(path).status_code == 409


def test_a_sale_s_link_is_only_its_own(
    visitor: Client, paid_service: Service, client_card: Card, next_door: Business
) -> None:
    package = factories.make_package(paid_service)
    mine, other = factories.sell(client_card, package), factories.sell(client_card, package)
    path = sale_path(mine)
    assert visitor.get(path).status_code == 200
    assert "This cannot be paid online" in visitor.get(path).text
    assert visitor.get(path.replace(mine.pk.hex, other.pk.hex)).status_code == 404
    assert visitor.get(path.replace("/fisio-retiro/", f"/{next_door.slug}/")).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Tu hora está reservada"), ("it", "Il tuo orario è prenotato")]
)
def test_the_page_speaks_the_reader_s_language(paying: Paying, language: str, words: str) -> None:
    till.pay(paying.attempt)
    page = Client(headers={"accept-language": language}).get(attempt_path(paying.attempt))
    assert words in page.text


def test_the_simulated_page_is_not_there_in_production(
    visitor: Client, paying: Paying, settings: Any
) -> None:
    settings.TESTING = False
    settings.DEMO = False
    assert visitor.get(simulator_path(paying.attempt)).status_code == 404


def test_a_page_past_its_time_offers_nothing_that_is_gone(
    visitor: Client, paying: Paying, time_machine: Any = None
) -> None:
    PaymentAttempt.objects.filter(pk=paying.attempt.pk).update(
        expires_at=till.LATER - timedelta(minutes=1)
    )
    end_hold(appointment=paying.booked.appointment, now=till.LATER)
    told = visitor.get(attempt_path(paying.attempt)).text
    assert "The time to pay is over" in told
    assert "Your time was given back" in told
    assert 'value="again"' not in told
