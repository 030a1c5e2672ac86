"""Cards at my address that are not plainly mine: I am asked, without being told anything of them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.factories import at, book

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope


@pytest.fixture
def theirs(business: Business, service: Service, ana: Account) -> Card:
    """Luis's card, with Ana's address, and an appointment."""
    with business_scope(business.pk):
        card = factories.make_client(business, "Luis Secreto", ana.email)
        book(service, at("2026-11-25 11:00"), client=card, by=factories.STAFF)
    return card


def answer_path(card: Card) -> str:
    return f"/client/cards/{card.pk}"


def test_the_question_tells_nothing_of_the_card(signed_in: Client, theirs: Card) -> None:
    text = signed_in.get("/client/").text
    assert "Were you at Fisio Retiro before?" in text
    assert "another name" in text
    assert "Secreto" not in text
    assert "11:00" not in text


def test_mine_wants_the_name_as_it_was_given(signed_in: Client, theirs: Card, ana: Account) -> None:
    wrong = signed_in.post(answer_path(theirs), {"answer": "mine", "name": "Ana Prueba"})
    assert wrong.status_code == 422
    assert "The name is another one." in wrong.text
    assert 'value="Ana Prueba"' in wrong.text
    right = signed_in.post(answer_path(theirs), {"answer": "mine", "name": "luis  secreto"})
    assert right.status_code == 302
    theirs.refresh_from_db()
    assert theirs.account_id == ana.pk
    signed_in.post("/client/activate", {"notify_by": "email"})
    assert str(Appointment.objects.get().pk) in signed_in.get("/client/").text


def test_not_mine_is_never_asked_again(signed_in: Client, theirs: Card) -> None:
    answer = signed_in.post(answer_path(theirs), {"answer": "not-mine"}, follow=True)
    assert "We do not ask again." in answer.text
    assert "Were you at" not in signed_in.get("/client/").text
    again = signed_in.post(answer_path(theirs), {"answer": "mine", "name": "Luis Secreto"})
    assert again.status_code == 404
    theirs.refresh_from_db()
    assert theirs.account_id is None


def test_nobody_is_asked_about_strangers_cards(signed_in: Client, client_card: Card) -> None:
    with business_scope(client_card.business_id):
        stranger = factories.make_client(client_card.business, "Eva Otra", "eva@example.com")
    answer = signed_in.post(answer_path(stranger), {"answer": "mine", "name": "Eva Otra"})
    assert answer.status_code == 404
    stranger.refresh_from_db()
    assert stranger.account_id is None
