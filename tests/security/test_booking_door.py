"""Whoever types somebody's address while booking gains nothing by it, and its owner loses nothing (L15, identity.md 4).

Typo takeover, pre-hijack, guesses in parallel, a forwarded link, confusable addresses, and an address that is a staff member's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client as Browser
from tests import factories
from tests.web.mails import delivered
from tests.web.security.apps import turn_on_with_secret

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional, Role
from clientela.catalogue.models import Service
from clientela.notify.models import SimulatedMail
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client
from clientela.people.queries.card_questions import card_questions
from clientela.people.queries.suggestions import suggestion_between
from clientela.platform.tenancy import system_scope
from clientela.web.guess_limits import LIMITS, Way

pytestmark = [pytest.mark.django_db, pytest.mark.req("L15")]

ENTER = "/client/login/code/enter"
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
PAGE = "/fisio-retiro/"
FORM = {"start": "20261124T0900Z", "name": "Mallory Ajena", "note": "Mallory's own words"}
OWNER = "ana@example.com"


@pytest.fixture(autouse=True)
def _monday_morning() -> None:
    """Here the clock moves with the machine's."""


@pytest.fixture(autouse=True)
def monday(db: None) -> Iterator[time_machine.Coordinates]:
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def ana() -> Account:
    return proved(OWNER, "Ana Prueba")


def proved(email: str, name: str) -> Account:
    account = factories.make_account(email, name)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def visitor() -> Browser:
    return Browser(headers={"accept-language": "en"})


def own_words(card: Client) -> dict[str, object]:
    """All that a card says, without how far it has been held beside the others."""
    values = dict(Client.objects.values().get(pk=card.pk))
    del values["compared_version"]
    return values


def ask(browser: Browser, email: str, **typed: str) -> HttpResponse:
    return browser.post(PAGE, {**FORM, "email": email, "then": "code", **typed})


def code_at(email: str) -> str:
    found = [CODE.match(str(mail["subject"])) for mail in delivered(email)]
    return [one[0] for one in found if one][-1]


def enter(browser: Browser, code: str) -> HttpResponse:
    return browser.post(ENTER, {"code": code, "next": PAGE})


def come_in(browser: Browser, email: str) -> HttpResponse:
    ask(browser, email)
    return enter(browser, code_at(email))


def who(browser: Browser) -> str:
    return str(browser.session.get("_auth_user_id", ""))


@pytest.mark.req("S0.3")
@pytest.mark.parametrize("name", ["Mallory Ajena", "Ana Prueba"], ids=["another name", "her name"])
def test_a_booking_with_a_strangers_address_is_only_a_question_to_its_owner(
    service: Service, ana: Account, client_card: Client, name: str
) -> None:
    """Typo takeover, both ways round: neither gets anything of the other's by an address that was typed."""
    Client.objects.filter(pk=client_card.pk).update(account=ana, activated_at=factories.NOW)
    before = own_words(client_card)
    stranger = visitor()
    booked = stranger.post(PAGE, {**FORM, "name": name, "email": OWNER})
    made = Appointment.objects.get()
    assert made.client_id != client_card.pk
    seen = stranger.get(booked["Location"]).text
    assert "Sign out" not in seen
    owner = visitor()
    come_in(owner, OWNER)
    assert who(owner) == str(ana.pk)
    (asked,) = card_questions(account=ana)
    assert asked.card_id == made.client_id
    home = owner.get("/client/").text
    assert "Were you at Fisio Retiro before?" in home
    for theirs in ("Mallory", str(made.pk), "10:00"):
        assert theirs not in home
    assert owner.get(f"/client/appointments/{made.pk}/").status_code == 404
    assert own_words(client_card) == before
    made.client.refresh_from_db()
    assert made.client.account_id is None
    proposed = suggestion_between(one=client_card.pk, other=made.client_id)
    assert proposed is not None  # who belongs together is the staff's and the owner's to say
    assert proposed.verdict == ("same" if name == "Ana Prueba" else "household")


def test_what_a_stranger_prepared_in_their_own_browser_is_not_what_the_owner_comes_into(
    service: Service,
) -> None:
    """Pre-hijack: signed up, wrote a draft and asked for a code with the victim's address, before the victim did."""
    stranger = visitor()
    signing_up = {"name": "Mallory Ajena", "email": OWNER, "password": "four calm green otters"}
    stranger.post("/client/create-account", signing_up)
    delivered(OWNER)
    ask(stranger, OWNER)
    owner = visitor()
    came = come_in(owner, OWNER)
    assert who(owner)
    page = owner.get(came["Location"]).text
    assert "Mallory&#x27;s own words" in page  # FORM is typed by the owner here too
    account = Account.objects.get(email=OWNER)
    assert not account.has_usable_password()
    stranger.post("/client/login", {"login": OWNER, "password": "four calm green otters"})
    assert not who(stranger)
    for path in ("/client/", "/client/profile"):
        assert stranger.get(path).status_code == 302


@pytest.mark.req("AUT-05")
def test_the_code_brings_a_new_session_and_opens_it_in_no_other(
    service: Service, ana: Account
) -> None:
    """Session fixation: a key known before is worth nothing after; and a code is typed where it was asked for."""
    owner = visitor()
    ask(owner, OWNER)
    planted = owner.session.session_key
    other = visitor()
    ask(other, "mallory@example.com")
    assert enter(other, code_at(OWNER)).status_code == 200
    assert not who(other)
    nobody = visitor()
    assert enter(nobody, code_at(OWNER)).status_code == 302
    assert not who(nobody)
    enter(owner, code_at(OWNER))
    assert who(owner) == str(ana.pk)
    assert owner.session.session_key != planted
    thief = visitor()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/client/").status_code == 302
    again = visitor()
    again.cookies[settings.SESSION_COOKIE_NAME] = planted
    enter(again, code_at(OWNER))
    assert not who(again)


def test_a_forwarded_link_of_a_booking_opens_that_booking_and_nothing_of_the_person(
    service: Service, ana: Account, client_card: Client
) -> None:
    owner = visitor()
    come_in(owner, OWNER)
    links = [
        owner.post(PAGE, {"start": start, "note": note})["Location"]
        for start, note in (("20261124T0900Z", "first"), ("20261125T0900Z", "second-note"))
    ]
    assert {one.account_id for one in Appointment.objects.all()} == {ana.pk}
    friend = visitor()
    page = friend.get(links[0], follow=True).text
    assert "second-note" not in page
    assert OWNER not in page
    assert not who(friend)
    assert friend.get("/client/").status_code == 302
    asked = ask(owner, OWNER)  # she is in: nothing to ask for, nothing to forward
    assert asked["Location"].startswith(PAGE)
    forwarded = friend.get(f"{ENTER}?next={PAGE}")
    assert forwarded.status_code == 302
    assert not who(friend)


def compared(monkeypatch: pytest.MonkeyPatch, browser: Browser, tries: int) -> int:
    """Type codes as tries at once do: each finds the session as it was before the others counted themselves in it."""
    looked: list[object] = []
    monkeypatch.setattr(
        "allauth.account.forms.compare_user_code", lambda **named: bool(looked.append(named))
    )
    before = browser.session[LOGIN_SESSION_KEY]
    for number in range(tries):
        session = browser.session
        session[LOGIN_SESSION_KEY] = before
        session.save()
        enter(browser, f"AAAA-{number:04}")
    return len(looked)


@pytest.mark.req("AUT-01")
@pytest.mark.parametrize("email", [OWNER, "nobody@example.com"], ids=["known", "unknown"])
def test_of_guesses_at_once_at_the_code_five_are_looked_at(
    service: Service, ana: Account, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    browser = visitor()
    ask(browser, email)
    assert compared(monkeypatch, browser, 20) == LIMITS[Way.CODE].times


@pytest.mark.req("AUT-01")
def test_without_the_limit_all_of_them_are(
    service: Service, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nothing else stops tries at once."""
    browser = visitor()
    ask(browser, OWNER)
    monkeypatch.setattr("clientela.web.sign_in.login.may_try", lambda **_: True)
    assert compared(monkeypatch, browser, 20) == 20


@pytest.mark.req("AUT-01")
def test_both_doors_share_one_count_of_codes_for_an_address(service: Service, ana: Account) -> None:
    for _ in range(3):
        assert ask(visitor(), OWNER).status_code == 302
    answers = [visitor().post("/client/login/code", {"email": OWNER}) for _ in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert ask(visitor(), OWNER).status_code == 429


@pytest.mark.parametrize(
    "typed",
    [
        "\u0430na@example.com",  # a Cyrillic a
        "ana@ex\u0430mple.com",
        "\uff41na@example.com",  # full width
        "\u00e1na@example.com",
        "ana@example.com\u200b",
        "an\u00aa@example.com",
        "ana+x@example.com",
        "a.na@example.com",
        "ana@example.com, mallory@example.net",
        "ana@example.com\r\nBcc: mallory@example.net",
        "<ana@example.com>",
        '"ana"@example.com',
        "ANA@EXAMPLE.COM",
    ],
)
def test_a_confusable_address_never_leads_into_the_account_it_resembles(
    service: Service, ana: Account, typed: str
) -> None:
    """A code goes to the very mailbox whose account it opens, however the address was spelt."""
    browser = visitor()
    answer = ask(browser, typed, kept_email=unicodedata.normalize("NFC", typed))
    delivered(OWNER)
    with system_scope("a test reads the simulator"):
        reached = set(SimulatedMail.objects.values_list("address", flat=True))
    if answer.status_code == 422:
        assert not reached
        return
    waiting = browser.session[LOGIN_SESSION_KEY]["state"]["stages"]["login_by_code"]["data"]
    assert reached <= {waiting["email"]}
    enter(browser, waiting["code"])
    assert (who(browser) == str(ana.pk)) == (waiting["email"] == OWNER) == (OWNER in reached)


def test_an_address_of_the_staff_opens_no_desk_and_gives_them_nobodys_card(
    service: Service, business: Business
) -> None:
    staff = proved("olga@example.com", "Olga Dueña")
    factories.make_member(business, staff, Role.OWNER)
    guest = visitor()
    guest.post(PAGE, {**FORM, "email": "olga@example.com"})
    assert guest.get("/desk/fisio-retiro/").status_code == 302
    come_in(owner := visitor(), "olga@example.com")
    assert who(owner) == str(staff.pk)
    assert Appointment.objects.get().client.account_id is None
    assert [one.same_name for one in card_questions(account=staff)] == [False]


def test_a_card_bound_to_a_professional_is_not_joined_by_who_types_its_name_and_address(
    service: Service, professional: Professional, client_card: Client
) -> None:
    bind_to_professional(
        client=client_card, professional=professional, by=factories.STAFF, now=factories.NOW
    )
    visitor().post(PAGE, {**FORM, "name": "Ana Prueba", "email": OWNER})
    assert Appointment.objects.get().client_id != client_card.pk


@pytest.mark.req("AUT-08")
def test_a_second_step_is_asked_for_here_as_at_every_way_in(
    service: Service, ana: Account, monday: time_machine.Coordinates
) -> None:
    own = visitor()
    come_in(own, OWNER)
    turn_on_with_secret(own)
    assert Authenticator.objects.filter(user=ana, type="totp").exists()
    monday.shift(timedelta(minutes=5))
    browser = visitor()
    came = come_in(browser, OWNER)
    assert came["Location"].startswith("/client/login/second-step")
    assert not who(browser)
    assert "Ana Prueba" not in browser.get(PAGE).text
