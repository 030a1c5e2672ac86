"""Create an account from the link anyone may share, prove its mailbox, and be in: who gets what, and who does not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.mails import delivered, link_of, text_of
from tests.web.sign_in.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.booking.links import token_of
from clientela.business.models import Business
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope, system_scope

CREATE = "/client/create-account"
NINA = {"name": "Nina Prueba", "email": "nina@example.com"}


def ask(visitor: Client, **more: str) -> None:
    answer = visitor.post(CREATE, {**NINA, **more})
    assert answer.status_code == 302, answer.text
    assert answer["location"].split("?")[0] == "/client/verify"


def proof_path(address: str = "nina@example.com") -> str:
    """The link of the latest mail to an address."""
    link = link_of(delivered(address)[-1])
    assert link.startswith(f"{settings.PUBLIC_URL}/client/verify/"), link
    return link.removeprefix(settings.PUBLIC_URL)


def signed_in_as(visitor: Client) -> str:
    return str(visitor.session.get("_auth_user_id", ""))


def guest(business: Business, email: str = "nina@example.com", name: str = "Nina Prueba") -> Card:
    with business_scope(business.pk):
        return factories.make_client(business, name=name, email=email)


@pytest.mark.req("S2.4", "S2.7", "S3.1", "S3.2")
def test_anybody_makes_an_account_and_is_in_after_the_mailbox_is_proved(visitor: Client) -> None:
    assert visitor.get(CREATE).status_code == 200
    ask(visitor, password=PASSWORD)
    assert "nina@example.com" in visitor.get("/client/verify").text
    path = proof_path()
    account = Account.objects.get(email="nina@example.com")
    assert account.expires_at == factories.NOW + timedelta(days=7)
    assert "nina@example.com" in visitor.get(path).text
    assert not signed_in_as(visitor)
    answer = visitor.post(path)
    assert answer["location"] == "/client/"
    assert signed_in_as(visitor) == str(account.pk)
    account.refresh_from_db()
    assert (account.name, account.expires_at) == ("Nina Prueba", None)
    assert account.check_password(PASSWORD)


@pytest.mark.req("AUT-10")
def test_opening_the_link_changes_nothing(visitor: Client) -> None:
    ask(visitor)
    path = proof_path()
    stranger = Client()
    before = checksum()
    for _ in range(2):
        assert stranger.get(path).status_code == 200
        assert stranger.head(path).status_code == 200
    assert checksum() == before


@pytest.mark.req("ACC-02")
def test_whoever_proves_the_mailbox_in_another_browser_gets_the_account_without_the_password(
    visitor: Client,
) -> None:
    """An attacker begins an account with the victim's address and waits (trust row 27)."""
    ask(visitor, password=PASSWORD)
    victim = Client(headers={"accept-language": "en"})
    answer = victim.post(proof_path())
    assert answer["location"] == "/client/password/set"
    assert "counts no more" in victim.get("/client/password/set").text
    assert signed_in_as(victim)
    assert not Account.objects.get(email="nina@example.com").has_usable_password()
    visitor.post("/client/login", {"login": "nina@example.com", "password": PASSWORD})
    assert not signed_in_as(visitor)
    new = "seven brave blue herons"
    answer = victim.post("/client/password/set", {"password1": new, "password2": new})
    assert answer["location"] == "/client/"
    assert signed_in_as(victim)
    assert victim.get("/client/password/set")["location"] == "/client/password"
    assert Account.objects.get(email="nina@example.com").check_password(new)


def test_a_code_by_mail_proves_too_and_also_drops_a_strangers_password(visitor: Client) -> None:
    ask(visitor, password=PASSWORD)
    delivered("nina@example.com")
    victim = Client(headers={"accept-language": "en"})
    victim.post("/client/login/code", {"email": "nina@example.com"})
    subject = str(delivered("nina@example.com")[-1]["subject"])
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", subject)
    assert code is not None, subject
    victim.post("/client/login/code/enter", {"code": code[0]})
    account = Account.objects.get(email="nina@example.com")
    assert signed_in_as(victim) == str(account.pk)
    assert account.expires_at is None
    assert not account.has_usable_password()


def test_a_reset_proves_too(visitor: Client) -> None:
    ask(visitor, password=PASSWORD)
    delivered("nina@example.com")
    victim = Client(headers={"accept-language": "en"})
    victim.post("/client/password/forgotten", {"email": "nina@example.com"})
    path = link_of(delivered("nina@example.com")[-1]).removeprefix(settings.PUBLIC_URL)
    action = victim.get(path, follow=True).redirect_chain[-1][0]
    new = "seven brave blue herons"
    assert victim.post(action, {"password1": new, "password2": new}).status_code == 302
    account = Account.objects.get(email="nina@example.com")
    assert account.expires_at is None
    assert account.check_password(new)


def test_nobody_signs_in_with_the_password_before_the_proof(visitor: Client) -> None:
    """And it answers as a wrong password does: else signing up would tell who has an account."""
    ask(visitor, password=PASSWORD)
    delivered("nina@example.com")
    answer = visitor.post("/client/login", {"login": "nina@example.com", "password": PASSWORD})
    assert answer.status_code == 200
    assert "The address or the password is not right." in answer.text
    assert not signed_in_as(visitor)


@pytest.mark.req("AUT-04")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path[:-1],
        lambda path: path + "x",
        lambda path: path.swapcase().replace("/CLIENT/VERIFY/", "/client/verify/"),
        lambda path: "/client/verify/" + signing.dumps(1, salt="another purpose"),
        lambda path: "/client/verify/x:y:z",
    ],
    ids=["truncated", "longer", "other case", "other purpose", "invented"],
)
def test_a_spoilt_link_proves_nothing(visitor: Client, spoil: object) -> None:
    ask(visitor)
    path = spoil(proof_path())  # type: ignore[operator]  # a lambda of the table
    assert "no longer works" in visitor.get(path).text
    assert "no longer works" in visitor.post(path).text
    assert Account.objects.get(email="nina@example.com").expires_at is not None


@pytest.mark.req("AUT-04")
def test_the_link_works_once(visitor: Client) -> None:
    ask(visitor)
    path = proof_path()
    visitor.post(path)
    again = Client(headers={"accept-language": "en"})
    assert "no longer works" in again.post(path).text
    assert not signed_in_as(again)


@pytest.mark.req("AUT-04")
@pytest.mark.parametrize(("late", "works"), [(-60, True), (0, False), (60, False)])
def test_the_link_works_until_seven_days_are_over_and_not_then(
    visitor: Client, late: int, works: bool
) -> None:
    ask(visitor)
    path = proof_path()
    moment = factories.NOW + timedelta(days=7, seconds=late)
    with time_machine.travel(moment, tick=False):
        assert ("no longer works" in visitor.get(path).text) is not works
        visitor.post(path)
        assert bool(signed_in_as(visitor)) is works


def test_an_address_with_an_account_is_told_so_by_mail_only_and_nothing_of_it_changes(
    visitor: Client, account: Account
) -> None:
    """trust.md row 2: the password, the name and the language of whoever has the address stay."""
    before = (account.password, account.name, account.language, account.last_login)
    ask(visitor, email="OLGA@example.com", password="seven brave blue herons")
    (mail,) = delivered("olga@example.com")
    assert "Ya tienes una cuenta" in str(mail["subject"])
    assert "/client/verify/" not in text_of(mail)
    account.refresh_from_db()
    assert (account.password, account.name, account.language, account.last_login) == before
    assert Account.objects.count() == 1


def test_the_second_to_sign_up_with_an_unproved_address_gets_the_proof_and_not_the_firsts_password(
    visitor: Client,
) -> None:
    ask(visitor, password=PASSWORD)
    delivered("nina@example.com")
    victim = Client(headers={"accept-language": "en"})
    ask(victim, password="seven brave blue herons")
    victim.post(proof_path())
    account = Account.objects.get(email="nina@example.com")
    assert signed_in_as(victim) == str(account.pk)
    assert not account.has_usable_password()


def test_a_new_account_begins_where_an_expired_one_still_lies(visitor: Client) -> None:
    ask(visitor)
    delivered("nina@example.com")
    former = Account.objects.get(email="nina@example.com").pk
    with time_machine.travel(factories.NOW + timedelta(days=7), tick=False):
        ask(visitor, name="Nina Otra")
        visitor.post(proof_path())
        account = Account.objects.get(email="nina@example.com")
        assert account.pk != former
        assert signed_in_as(visitor) == str(account.pk)


@pytest.mark.req("S2.4")
def test_earlier_bookings_with_the_same_name_are_found_after_the_proof_and_not_before(
    visitor: Client, business: Business
) -> None:
    card = guest(business)
    other = guest(business, name="Somebody Else")
    ask(visitor)
    path = proof_path()
    with system_scope("a test looks"):
        assert Card.objects.get(pk=card.pk).account is None
        visitor.post(path)
        assert Card.objects.get(pk=card.pk).account == Account.objects.get(email=NINA["email"])
        assert Card.objects.get(pk=other.pk).account is None


@pytest.mark.req("S2.3")
def test_the_invitation_after_a_booking_brings_the_name_along(
    visitor: Client, business: Business
) -> None:
    with business_scope(business.pk):
        service = factories.make_service(
            business, professionals=(factories.make_professional(business),)
        )
        appointment = factories.book(service, factories.at("2026-11-25T10:00")).appointment
        token = token_of(appointment)
        name = appointment.client.record_name
    page = visitor.get(CREATE, {"booking": token, "business": business.slug}).text
    assert f'value="{name}"' in page
    assert business.name in page
    wrong = visitor.get(CREATE, {"booking": token[:-1] + "x", "business": business.slug}).text
    assert f'value="{name}"' not in wrong


@pytest.mark.req("S3.13")
def test_the_way_onward_survives_the_mail_into_another_browser(
    visitor: Client, business: Business
) -> None:
    slot = f"/{business.slug}/?service=1&start=2026-11-25"
    ask(visitor, next=slot)
    path = proof_path()
    phone = Client(headers={"accept-language": "en"})
    page = phone.get(path)
    assert business.name in page.text
    assert phone.post(path)["location"] == slot


def test_who_is_signed_in_needs_no_second_account(visitor: Client, account: Account) -> None:
    visitor.force_login(account)
    assert visitor.get(CREATE)["location"] == "/client/"
    assert visitor.post(CREATE, NINA)["location"] == "/client/"
    assert delivered("nina@example.com") == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": "not an address"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "nina nina prueba"}, "password"),
        ({"password": "nina@example.com"}, "password"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    visitor: Client, typed: dict[str, str], field: str
) -> None:
    answer = visitor.post(CREATE, {**NINA, **typed})
    assert answer.status_code == 200
    assert f"id_{field}-error" in answer.text
    assert delivered("nina@example.com") == []


def test_language_and_zone_of_the_browser_are_kept(visitor: Client) -> None:
    visitor.cookies["device_zone"] = "America/New_York"
    answer = visitor.post(CREATE, NINA, headers={"accept-language": "it"})
    assert answer.status_code == 302
    (mail,) = delivered("nina@example.com")
    assert "Conferma" in str(mail["subject"])
    account = Account.objects.get(email="nina@example.com")
    assert (account.language, account.zone) == ("it", "America/New_York")


def test_the_proof_of_one_account_signs_another_person_out_first(
    visitor: Client, account: Account
) -> None:
    ask(visitor)
    path = proof_path()
    visitor.force_login(account)
    visitor.post(path)
    assert signed_in_as(visitor) == str(Account.objects.get(email=NINA["email"]).pk)


def test_six_wishes_about_one_address_in_an_hour_are_one_too_many(visitor: Client) -> None:
    for _ in range(5):
        ask(visitor)
    answer = visitor.post(CREATE, NINA)
    assert answer.status_code == 429
    assert "Wait a little" in answer.text
