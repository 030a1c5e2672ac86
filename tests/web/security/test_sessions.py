"""Where one is signed in: two words for a browser, one list for its owner, an end for each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from tests import factories
from tests.web.security.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.platform import clock
from clientela.web.browser_words import icon_of, key_of, words_of
from clientela.web.security.jobs import forget_ended_sessions

PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/150.0.0.0 Mobile Safari/537.36"
)
LIST = "/client/security/sessions/"


def browser(user_agent: str = PHONE) -> Client:
    return Client(
        headers={"user-agent": user_agent, "accept-language": "en"}, REMOTE_ADDR="198.51.100.7"
    )


def enter(account: Account, user_agent: str = PHONE) -> Client:
    one = browser(user_agent)
    one.post("/client/login", {"login": account.email, "password": PASSWORD})
    assert "_auth_user_id" in one.session
    return one


@pytest.mark.parametrize(
    ("said", "key", "words", "icon"),
    [
        (PHONE, "Chrome/Android", "Chrome on Android", "smartphone"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1",
            "Safari/iPhone",
            "Safari on iPhone",
            "smartphone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0",
            "Edge/Windows",
            "Edge on Windows",
            "monitor-smartphone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox/Mac",
            "Firefox on Mac",
            "monitor-smartphone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130 Mobile",
            "Samsung Internet/Android",
            "Samsung Internet on Android",
            "smartphone",
        ),
        ("curl/8.9.1", "/", "A browser", "monitor-smartphone"),
        ("", "/", "A browser", "monitor-smartphone"),
    ],
)
def test_a_browser_in_two_words(said: str, key: str, words: str, icon: str) -> None:
    assert key_of(said) == key
    assert key_of(key) == key  # what is kept makes itself again
    assert words_of(key) == words
    assert icon_of(key) == icon


def test_nothing_more_is_kept_of_a_browser_than_its_owner_is_shown(ana: Account) -> None:
    enter(ana)
    row = UserSession.objects.get()
    assert (row.user_agent, row.ip, row.data) == ("Chrome/Android", "::", {})


def test_a_log_in_that_allauth_does_not_see_is_listed_too(ana: Account) -> None:
    other = browser()
    other.force_login(ana)
    assert UserSession.objects.filter(user=ana).count() == 1


@pytest.mark.req("AUT-05")
def test_one_is_ended_and_the_others_stay(ana: Account) -> None:
    here, there, third = enter(ana), enter(ana), enter(ana)
    key = UserSession.objects.get(session_key=there.session.session_key).pk
    page = here.get(LIST)
    assert page.text.count("Chrome on Android") >= 3
    assert "This one" in page.text
    here.post(LIST, {"end": str(key)})
    assert there.get(LIST).status_code == 302
    assert third.get(LIST).status_code == 200


@pytest.mark.req("AUT-05")
def test_all_others_are_ended(ana: Account) -> None:
    here, there, third = enter(ana), enter(ana), enter(ana)
    here.post(LIST, {"others": "1"})
    assert here.get(LIST).status_code == 200
    assert {one.get(LIST).status_code for one in (there, third)} == {302}


def test_nobody_ends_anothers_session(ana: Account) -> None:
    here = enter(ana)
    luz = factories.make_account("luz@example.com", "Luz")
    hers = browser()
    hers.force_login(luz)
    key = UserSession.objects.get(user=luz).pk
    for given in (str(key), "", "x", "²", "-1"):
        here.post(LIST, {"end": given})
    assert hers.get(LIST).status_code == 200


@pytest.mark.req("AUT-05")
def test_the_session_is_another_one_after_each_way_in(ana: Account) -> None:
    """Fixation: whoever planted a session before the log-in holds nothing after it."""
    planted = browser()
    planted.get("/client/login")
    session = planted.session
    session["planted"] = True
    session.save()
    before = session.session_key
    planted.cookies["session"] = before
    planted.post("/client/login", {"login": ana.email, "password": PASSWORD})
    assert planted.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.req("AUT-05")
def test_signing_out_ends_the_session_on_the_server(ana: Account) -> None:
    here = enter(ana)
    key = here.session.session_key
    here.post("/client/logout")
    assert not Session.objects.filter(session_key=key).exists()


def test_what_was_noted_goes_with_the_session(ana: Account) -> None:
    enter(ana)
    alive = enter(ana)
    gone = UserSession.objects.exclude(session_key=alive.session.session_key).get()
    Session.objects.filter(session_key=gone.session_key).update(
        expire_date=clock.now() - timedelta(seconds=1)
    )
    assert forget_ended_sessions(clock.now()) >= 2
    assert UserSession.objects.count() == 1
    assert alive.get(LIST).status_code == 200
    assert forget_ended_sessions(clock.now()) == 0
