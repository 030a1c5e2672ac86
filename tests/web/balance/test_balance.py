"""A client's own money: what is left and why, what is owed, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.balance.conftest import booked
from tests.web.checksum import checksum

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.models import ProviderAccount
from clientela.ledger.models import Sale
from clientela.people.models import Client as Card

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
