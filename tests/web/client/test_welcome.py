"""The staff's invitation: the card of a business becomes part of an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.client.conftest import NOW, browser_of, with_address

from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.models import Client as Card
from clientela.platform import links
from clientela.platform.tenancy import business_scope

EMAIL = "nueva@example.com"


@pytest.fixture
def invited(business: Business) -> Card:
    """A card the desk made, with the welcome on its way."""
    with business_scope(business.pk):
        made = factories.make_client(business, "Nueva Prueba", EMAIL)
        return send_welcome(client=made, by=factories.STAFF, now=NOW)


@pytest.fixture
def path(invited: Card) -> str:
    return f"/fisio-retiro/welcome/{links.derive(purpose='welcome', nonce=invited.welcome_nonce)}/"


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})


def fresh(card: Card) -> Card:
    with business_scope(card.business_id):
        return Card.objects.get(pk=card.pk)


@pytest.mark.req("AUT-10")
def test_opening_the_link_changes_nothing(stranger: Client, path: str) -> None:
    before = checksum()
    text = stranger.get(path).text
    assert "Your appointments at Fisio Retiro, in your own hands" in text
    assert checksum() == before


@pytest.mark.req("S1.40", "S1.45")
def test_a_new_person_comes_in_with_a_name_alone_and_is_asked_about_messages(
    stranger: Client, path: str, invited: Card
) -> None:
    answer = stranger.post(path, {"name": "Nueva Prueba", "password": ""})
    assert answer.headers["Location"] == "/client/activate"
    account = Account.objects.get(email=EMAIL)
    assert not account.has_usable_password()
    assert account.expires_at is None
    assert fresh(invited).account_id == account.pk
    assert fresh(invited).activated_at is None
    assert "Fisio Retiro" in stranger.get("/client/activate").text
    assert Client().get(path).status_code == 404
    stranger.post("/client/activate", {"notify_by": "email"})
    sent = stranger.post("/client/addresses/add", {"email": "further@example.com"})
    assert sent.headers["Location"] == "/client/addresses"  # the link was proof enough


def test_a_password_is_judged(stranger: Client, path: str, invited: Card) -> None:
    answer = stranger.post(path, {"name": "Nueva Prueba", "password": "short"})
    assert answer.status_code == 422
    assert not Account.objects.filter(email=EMAIL).exists()
    assert stranger.post(path, {"name": " "}).status_code == 422
    assert fresh(invited).account_id is None


@pytest.mark.req("S1.40")
def test_who_is_signed_in_joins_it_to_their_account(path: str, invited: Card) -> None:
    person = with_address(factories.make_account(EMAIL, "Nueva Prueba"))
    browser = browser_of(person)
    assert f"You are signed in as {EMAIL}." in browser.get(path).text
    assert browser.post(path).headers["Location"] == "/client/activate"
    assert fresh(invited).account_id == person.pk


def test_a_forwarded_mail_gives_the_card_to_nobody_else(
    signed_in: Client, path: str, invited: Card
) -> None:
    answer = signed_in.post(path)
    assert answer.status_code == 409
    assert "This invitation was mailed to another address than yours." in answer.text
    assert fresh(invited).account_id is None


def test_who_has_an_account_signs_in_first(stranger: Client, path: str) -> None:
    with_address(factories.make_account(EMAIL, "Nueva Prueba"))
    assert f"There is an account for {EMAIL} already." in stranger.get(path).text
    answer = stranger.post(path, {"name": "Evil", "password": ""})
    assert answer.headers["Location"] == f"/client/login?next={path}"


@pytest.mark.req("ACC-02")
def test_an_account_somebody_began_with_this_address_becomes_its_owners(
    stranger: Client, path: str, invited: Card
) -> None:
    squatter = factories.make_account(EMAIL, "Squatter")
    squatter.set_password("the squatter knows this one")
    squatter.save()
    start_proof_clock(account=squatter, now=NOW)
    inside = Client()
    inside.force_login(squatter)
    answer = stranger.post(path, {"name": "Nueva Prueba", "password": ""})
    assert answer.status_code == 302, answer.text
    account = Account.objects.get(email=EMAIL)
    assert (account.name, account.expires_at) == ("Nueva Prueba", None)
    assert account.pk != squatter.pk
    assert not account.has_usable_password()
    assert fresh(invited).account_id == account.pk
    assert inside.get("/client/profile").headers["Location"].startswith("/client/login")


def test_after_thirty_days_the_link_is_closed(stranger: Client, path: str) -> None:
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert stranger.get(path).status_code == 404


def test_a_foreign_and_a_mistyped_link_look_the_same(
    stranger: Client, path: str, next_door: Business
) -> None:
    wrong = [path[:-2] + "/", path.replace("fisio-retiro", next_door.slug)]
    answers = [stranger.get(one) for one in wrong]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
