"""App codes and recovery codes: turned on by a first right code, shown once, kept sealed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from tests.web.mails import delivered
from tests.web.security.apps import code_for, letters_on, turn_on, turn_on_with_secret

from clientela.accounts.models import Account

BASE = "/client/security/"


def test_the_overview_names_every_way_in(signed_in: Client) -> None:
    page = signed_in.get(BASE)
    assert page.status_code == 200
    for words in (
        "A code by email",
        "ana@example.com",
        "Password",
        "Codes from an app",
        "1 browser",
    ):
        assert words in page.text
    assert "Accounts elsewhere" not in page.text  # none is configured


def test_the_first_right_code_turns_the_second_step_on_and_its_owner_is_told(
    signed_in: Client, ana: Account, django_capture_on_commit_callbacks: Any
) -> None:
    secret = letters_on(signed_in.get(f"{BASE}app/"))
    wrong = signed_in.post(f"{BASE}app/", {"code": "000000"})
    assert wrong.status_code == 422
    assert letters_on(wrong) == secret  # the same letters: the app knows them by now
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post(f"{BASE}app/", {"code": code_for(secret)})
    assert answer["location"] == f"{BASE}codes/"
    assert Authenticator.objects.filter(user=ana, type="totp").count() == 1
    assert len(delivered("ana@example.com")) == 1


@pytest.mark.req("LIF-09", "INV-16")
def test_neither_letters_nor_codes_lie_readable_in_the_database(
    signed_in: Client, ana: Account
) -> None:
    secret = letters_on(signed_in.get(f"{BASE}app/"))
    assert secret not in _all_sessions()
    same, codes = turn_on_with_secret(signed_in)
    assert same == secret
    kept = "".join(str(row.data) for row in Authenticator.objects.filter(user=ana))
    everything = _all_sessions() + kept
    assert secret not in everything
    assert not any(code in everything for code in codes)


def _all_sessions() -> str:
    return "".join(str(row.get_decoded()) for row in Session.objects.all())


def test_recovery_codes_are_shown_in_the_browser_that_made_them_for_ten_minutes(
    signed_in: Client, ana: Account, monday_morning: time_machine.Coordinates
) -> None:
    codes = turn_on(signed_in)
    assert len(codes) == 10
    again = signed_in.get(f"{BASE}codes/").text
    assert all(code in again for code in codes)
    file = signed_in.get(f"{BASE}codes/file/")
    assert file["content-disposition"].startswith("attachment")
    assert all(code in file.text for code in codes)
    monday_morning.shift(timedelta(minutes=10))
    late = signed_in.get(f"{BASE}codes/").text
    assert not any(code in late for code in codes)
    assert "10 unused" in late
    assert signed_in.get(f"{BASE}codes/file/").headers["location"] == f"{BASE}codes/"


def test_another_browser_of_the_same_person_never_reads_them(
    signed_in: Client, ana: Account
) -> None:
    codes = turn_on(signed_in)
    other = Client()
    other.force_login(ana)
    assert not any(code in other.get(f"{BASE}codes/").text for code in codes)


def test_new_codes_kill_the_old_ones(signed_in: Client, ana: Account) -> None:
    old = turn_on(signed_in)
    assert "The 10 codes you still have" in signed_in.get(f"{BASE}codes/new/").text
    signed_in.post(f"{BASE}codes/new/")
    new = re.findall(r"<code>(\d{8})</code>", signed_in.get(f"{BASE}codes/").text)
    assert len(new) == 10
    assert not set(old) & set(new)


def test_turning_it_off_takes_the_recovery_codes_along(signed_in: Client, ana: Account) -> None:
    turn_on(signed_in)
    assert signed_in.get(f"{BASE}app/").headers["location"] == f"{BASE}app/off/"
    signed_in.post(f"{BASE}app/off/")
    assert not Authenticator.objects.filter(user=ana).exists()
    assert signed_in.get(f"{BASE}codes/").headers["location"] == BASE


@pytest.mark.parametrize(
    "path", ["app/", "codes/new/", "app/off/", "passkeys/1/", "passkeys/1/remove/"]
)
def test_a_browser_left_open_is_asked_for_the_password_before_anything_changes(
    ana: Account, path: str
) -> None:
    browser = Client()
    browser.force_login(ana)
    for send in (browser.get, browser.post):
        answer = send(BASE + path)
        assert answer.status_code == 302
        assert answer["location"].startswith("/client/login/again?next=")


def test_who_has_neither_password_nor_factor_is_asked_for_a_mailed_code(ana: Account) -> None:
    ana.set_unusable_password()
    ana.save()
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(ana)
    answer = browser.get(f"{BASE}app/")
    assert answer["location"] == "/client/login/again/email?next=%2Fclient%2Fsecurity%2Fapp%2F"
    page = browser.post("/client/login/again/email", {"send": "1", "next": f"{BASE}app/"})
    assert "ana@example.com" in page.text
    (mail,) = delivered("ana@example.com")
    code = re.match(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail["subject"]))
    assert code is not None
    assert code[0] not in _all_sessions()
    wrong = browser.post("/client/login/again/email", {"code": "AAAA-BBBB"})
    assert wrong.status_code == 422
    right = browser.post("/client/login/again/email", {"code": code[0], "next": f"{BASE}app/"})
    assert right["location"] == f"{BASE}app/"
    assert browser.get(f"{BASE}app/").status_code == 200


def test_a_mailed_code_is_not_enough_where_a_second_step_is_on(
    signed_in: Client, ana: Account
) -> None:
    turn_on(signed_in)
    browser = Client()
    browser.force_login(ana)
    answer = browser.post("/client/login/again/email", {"send": "1"})
    assert answer["location"] == "/client/login/again/app"


def test_the_question_offers_every_other_proof_the_person_has(
    signed_in: Client, ana: Account
) -> None:
    stale = Client(headers={"accept-language": "en"})
    stale.force_login(ana)
    ask = "/client/login/again?next=/client/security/app/"
    page = stale.get(ask).text
    assert "/client/login/again/email?next=%2Fclient%2Fsecurity%2Fapp%2F" in page
    assert "/client/login/again/app" not in page
    turn_on(signed_in)
    page = stale.get(ask).text
    assert "/client/login/again/app?next=" in page
    assert "/client/login/again/email" not in page  # half of what a log-in wants
    page = stale.get("/client/login/again/app").text
    assert 'href="/client/login/again"' in page
