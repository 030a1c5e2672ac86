"""A client's own money: what is left and why, what is owed, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.web.balance.conftest import NOW, booked, card_of
from tests.web.checksum import checksum

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.models import ProviderAccount
from clientela.ledger.models import Sale
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope

HOME = "/client/balance"
HERE = "/client/balance/fisio-retiro/"


def words(text: str) -> str:
    """The page's words, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split("<main")[1]))


def test_a_client_of_one_business_is_led_to_it(signed_in: Client, card: Card) -> None:
    answer = signed_in.get(HOME)
    assert answer.status_code == 302
    assert answer["Location"] == HERE


def test_nobody_elses_business_has_a_balance(
    signed_in: Client, card: Card, next_door: Business
) -> None:
    assert signed_in.get(f"/client/balance/{next_door.slug}/").status_code == 404
    assert signed_in.get("/client/balance/nobody/").status_code == 404


@pytest.mark.req("S1.16")
def test_what_waits_for_a_session_reads_pending_payment_and_never_the_staffs_word(
    signed_in: Client, pending: Appointment, online: ProviderAccount
) -> None:
    text = words(signed_in.get(HERE).text)
    assert "Pending payment" in text
    assert "Tue 24 Nov, 10:00 (Madrid)" in text
    assert "Pay €65" in text
    assert "redemption" not in text.lower()
    page = words(signed_in.get(f"/client/appointments/{pending.pk}/").text)
    assert "Pending payment" in page
    assert "redemption" not in page.lower()


def test_the_balance_says_how_many_are_left_until_when_and_how_it_came_about(
    signed_in: Client, sale: Sale, card: Card, paid_service: Service, online: ProviderAccount
) -> None:
    booked(paid_service, card, "2026-11-24 11:00")
    text = words(signed_in.get(HERE).text)
    assert "4 Fisioterapia sessions left · until Sat 22 May 2027" in text
    assert "1 reserved for what is booked, 4 free" in text
    assert "Bought: 5 sessions +5" in text
    assert "Used for Fisioterapia, Tue 24 Nov, 11:00 (Madrid) \N{MINUS SIGN}1" in text
    assert "Pay €300" in text
    assert "Bono de 5" in text


def test_looking_changes_nothing(
    signed_in: Client, sale: Sale, pending: Appointment, bono: Package, online: ProviderAccount
) -> None:
    before = checksum()
    for path in (
        HOME,
        HERE,
        f"{HERE}?history=all",
        f"/client/buy/{bono.pk}/",
        f"/client/sales/{sale.pk}/",
        f"/client/appointments/{pending.pk}/pay",
    ):
        assert signed_in.get(path).status_code in {200, 302}, path
        assert signed_in.head(path).status_code in {200, 302}, path
    assert checksum() == before


def test_the_number_of_queries_does_not_grow_with_what_was_bought_and_booked(
    signed_in: Client,
    sale: Sale,
    card: Card,
    bono: Package,
    paid_service: Service,
    online: ProviderAccount,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    booked(paid_service, card, "2026-11-24 11:00")
    with django_assert_max_num_queries(40) as one:
        signed_in.get(HERE)
    with business_scope(card.business_id):
        for _ in range(3):
            factories.pay(factories.sell(card, bono, now=NOW), 5000, now=NOW)
    for hour in (12, 14, 15, 16):
        booked(paid_service, card, f"2026-11-24 {hour}:00")
    with django_assert_max_num_queries(len(one)):
        text = words(signed_in.get(f"{HERE}?history=all").text)
    assert text.count("Used for") == 5


def test_a_client_of_two_businesses_sees_both_and_what_each_has_to_say(
    signed_in: Client,
    sale: Sale,
    ana: Account,
    next_door: Business,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    card_of(next_door, ana)
    with django_assert_max_num_queries(10):
        text = words(signed_in.get(HOME).text)
    assert "Fisio Retiro €300 to pay 5 sessions left" in text
    assert "Salon Next Door Nothing to pay" in text
    assert words(signed_in.get(HERE).text).count("All businesses") == 1


def test_money_next_door_is_not_mixed_in(
    signed_in: Client, sale: Sale, ana: Account, next_door: Business
) -> None:
    theirs = card_of(next_door, ana)
    with business_scope(next_door.pk):
        service = Service.objects.get()
        service.price_minor = 4000
        service.save()
        factories.sell(theirs, service, now=NOW)
    here = words(signed_in.get(HERE).text)
    assert "Haircut" not in here
    assert "€300 still to be paid." in here
    there = words(signed_in.get(f"/client/balance/{next_door.slug}/").text)
    assert "€40 still to be paid." in there
    assert "Bono" not in there
