"""Guessing is counted where all processes see it: parallel tries, forged addresses and many networks win nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from tests import factories
from tests.factories import NOW
from tests.platform.installations import Installed
from tests.web.mails import delivered

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account
from clientela.platform import clock
from clientela.web.guess_limits import LIMITS, Way

PASSWORD = "four calm green otters"
ADDRESS = "olga@example.com"
# A passer-by of the net; the machine itself is not limited as a network.
STRANGER = "203.0.113.7"


def account() -> Account:
    return create_account(
        email=ADDRESS, name="Olga", password=PASSWORD, by=factories.SYSTEM, now=NOW
    )


def guess(number: int, browser: Browser | None = None, **more: Any) -> HttpResponse:
    typed = {"login": ADDRESS, "password": f"guess number {number:08}"}
    return (browser or Browser()).post("/client/login", typed, **more)


def right(browser: Browser) -> bool:
    browser.post("/client/login", {"login": ADDRESS, "password": PASSWORD})
    return "_auth_user_id" in browser.session


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.req("AUT-01", "ABU-05")
def test_two_hundred_guesses_at_once_are_counted_one_by_one(tmp_path: Path) -> None:
    """At the password ten are looked at; at a code, in one session that all of them hold, five."""
    told = json.loads(Installed.migrated(tmp_path).run("-m", "tests.security.guess_race"))
    assert told == {"passwords": LIMITS[Way.PASSWORD].times, "codes": LIMITS[Way.CODE].times}


@pytest.mark.django_db
@pytest.mark.req("AUT-01")
def test_a_forged_way_through_proxies_does_not_make_another_network() -> None:
    """trust.md row 24: nobody vouches for the header, so it is the caller's invention."""
    account()
    limit = LIMITS[Way.PASSWORD].from_network
    statuses = [
        Browser(REMOTE_ADDR=STRANGER)
        .post(
            "/client/login",
            {"login": f"person{number}@example.com", "password": "any password at all"},
            headers={"x-forwarded-for": f"198.51.100.{number % 250}, 10.0.0.{number % 250}"},
        )
        .status_code
        for number in range(limit + 20)
    ]
    assert statuses == [200] * limit + [429] * 20


@pytest.mark.django_db
@pytest.mark.req("AUT-01")
def test_from_ever_new_networks_fewer_than_a_hundred_guesses_at_one_account_count_in_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By every way together, each begun afresh the moment its count has run out."""
    account()
    looked: list[object] = []
    monkeypatch.setattr(Account, "check_password", lambda self, raw: bool(looked.append(raw)))
    monkeypatch.setattr(
        "allauth.account.forms.compare_user_code", lambda **named: bool(looked.append(named))
    )
    for minute in range(60):
        moment = NOW + timedelta(minutes=minute)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        for number in range(12):
            guess(number, Browser(REMOTE_ADDR=f"203.0.{minute}.{number}"))
        thief = Browser(REMOTE_ADDR=f"198.51.{minute}.1")
        thief.post("/client/login/code", {"email": ADDRESS})
        for _ in range(7):
            thief.post("/client/login/code/enter", {"code": "AAAA-AAAA"})
    assert 50 <= len(looked) <= 80, len(looked)  # with 20 second factors: a hundred at most


@pytest.mark.django_db
@pytest.mark.req("AUT-01")
def test_the_owner_is_not_shut_out_by_a_strangers_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    known = Browser()
    assert right(known)
    known.post("/client/logout")
    for number in range(30):
        guess(number, Browser(REMOTE_ADDR=STRANGER))
    assert not right(Browser()), "in an unknown browser the right password waits too"
    assert right(known), "where the owner has been before it does not"
    other = Browser()
    assert other.post("/client/login/code", {"email": ADDRESS}).status_code == 302
    assert delivered(ADDRESS), "and a code comes in any case"
    later = NOW + timedelta(minutes=17)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert right(Browser()), "nobody is shut out for good"


@pytest.mark.django_db
def test_the_mark_of_a_known_browser_is_of_no_use_for_another_account_or_when_altered() -> None:
    account()
    known = Browser()
    right(known)
    mark = known.cookies["known-browser"].value
    for value in (mark[:-2] + "xx", mark.swapcase(), ""):
        thief = Browser(REMOTE_ADDR=STRANGER)
        thief.cookies["known-browser"] = value
        statuses = [guess(number, thief).status_code for number in range(12)]
        assert 429 in statuses
    assert known.cookies["known-browser"]["httponly"]
    assert known.cookies["known-browser"]["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/client/login", {"login": ADDRESS, "password": "any password at all"}),
        ("/client/login/code", {"email": ADDRESS}),
        ("/client/password/forgotten", {"email": ADDRESS}),
        ("/client/create-account", {"email": ADDRESS, "name": "Olga"}),
    ],
)
def test_too_often_is_answered_by_the_same_page_with_a_word_of_patience(
    path: str, typed: dict[str, str]
) -> None:
    account()
    browser = Browser(headers={"accept-language": "en"})
    answers = [Browser(headers={"accept-language": "en"}).post(path, typed) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert "Wait a little" in answers[-1].text
    assert "<form" in answers[-1].text
    assert browser.get(path).status_code == 200


@pytest.mark.django_db
def test_guessing_from_a_stolen_session_is_counted_too() -> None:
    person = account()
    thief = Browser()
    thief.force_login(person)
    new = "seven brave blue herons"
    statuses = [
        thief.post(
            "/client/password",
            {"oldpassword": f"guess {number:012}", "password1": new, "password2": new},
        ).status_code
        for number in range(8)
    ]
    statuses += [
        thief.post("/client/login/again", {"password": f"guess {number:012}"}).status_code
        for number in range(8)
    ]
    assert statuses.count(429) >= 1


@pytest.mark.django_db
def test_with_the_limit_off_every_guess_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is this limit that stops them, and nothing beside it."""
    account()
    monkeypatch.setattr("clientela.web.sign_in.forms.may_try", lambda **_: True)
    looked: list[str] = []
    monkeypatch.setattr(Account, "check_password", lambda self, raw: bool(looked.append(raw)))
    assert [guess(number).status_code for number in range(40)] == [200] * 40
    assert len(looked) == 40
