"""Joining two accounts and sessions: what was open before is worth nothing after, and nothing tells who has an account.

The doors are *I have two accounts*: ask, confirm, and the two links in the mails, *this was not me* and *part them again*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client as Browser
from tests import factories
from tests.security.test_account_existence import (  # noqa: F401 -- a fixture
    KNOWN,
    UNKNOWN,
    people,
    visit,
)
from tests.web.client.conftest import browser_of, with_address
from tests.web.mails import delivered, link_of

from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.platform import links

pytestmark = [pytest.mark.django_db, pytest.mark.req("S0.14")]

PAGE = "/client/two-accounts"
OLD = "ana.old@example.com"
# Longer than a proof of who one is counts for, shorter than the wish is open.
LONG_AGO = timedelta(minutes=29)
HER_OWN = "/client/addresses"


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
    return with_address(factories.make_account("ana@example.com", "Ana Prueba"))


@pytest.fixture
def old() -> Account:
    return with_address(factories.make_account(OLD, "Ana P."))


def ask(browser: Browser, email: str = OLD) -> AccountJoin:
    browser.post(f"{PAGE}/ask", {"email": email})
    return AccountJoin.objects.latest("asked_at", "id")


def confirm(browser: Browser, join: AccountJoin, purpose: str) -> HttpResponse:
    nonce = join.own_nonce if purpose == OWN else join.other_nonce
    return browser.post(f"{PAGE}/confirm", {"code": join_code(purpose=purpose, nonce=nonce)})


def is_joined(join: AccountJoin) -> bool:
    join.refresh_from_db()
    return join.joined_at is not None


def is_in(browser: Browser) -> bool:
    return browser.get(HER_OWN).status_code == 200


def press(browser: Browser, kind: str, join: AccountJoin) -> HttpResponse:
    nonce = {"refuse": join.refuse_nonce, "undo": join.undo_nonce}[kind]
    return browser.post(f"{PAGE}/{kind}/{links.derive(purpose=f'join-{kind}', nonce=nonce)}")


@pytest.mark.req("AUT-05")
def test_codes_are_taken_only_in_the_session_that_asked_and_not_under_its_next_key(
    ana: Account, old: Account
) -> None:
    """Fixation: neither another session of the same person nor this one after a new sign-in goes on with the wish."""
    browser = browser_of(ana)
    join = ask(browser)
    elsewhere = browser_of(ana)
    for purpose in (OWN, OTHER):
        confirm(elsewhere, join, purpose)
    assert not is_joined(join)
    copied = Browser()
    copied.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[
        settings.SESSION_COOKIE_NAME
    ].value
    browser.post("/client/logout")
    confirm(copied, join, OWN)  # the key was taken along before she signed out
    again = browser_of(ana)
    for purpose in (OWN, OTHER):
        confirm(again, join, purpose)
    assert not is_joined(join)
    join.refresh_from_db()
    assert (join.own_confirmed_at, join.other_confirmed_at) == (None, None)


@pytest.mark.req("AUT-05")
def test_the_other_accounts_owner_cannot_confirm_in_a_session_of_their_own(
    ana: Account, old: Account
) -> None:
    """Both codes are typed by who asked: a code that was sent on, or coaxed out, opens nothing elsewhere."""
    join = ask(browser_of(ana))
    theirs = browser_of(old)
    for purpose in (OWN, OTHER):
        confirm(theirs, join, purpose)
    assert not is_joined(join)


@pytest.mark.req("AUT-05", "AUT-04")
def test_after_the_joining_nothing_that_was_open_for_the_absorbed_account_goes_on(
    ana: Account, old: Account
) -> None:
    """Sessions, a code that waits, a reset that was mailed, and a wish of its own to be joined."""
    stale, waiting, resetting = browser_of(old), Browser(), Browser()
    assert is_in(stale)
    waiting.post("/client/login/code", {"email": OLD})
    code = re.match(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(delivered(OLD)[-1]["subject"]))
    assert code is not None
    resetting.post("/client/password/forgotten", {"email": OLD})
    link = urlsplit(link_of(delivered(OLD)[-1])).path
    wish = ask(stale, "third@example.com")
    browser = browser_of(ana)
    join = ask(browser)
    for purpose in (OTHER, OWN):
        confirm(browser, join, purpose)
    assert is_joined(join)
    assert is_in(browser), "who joined them stays in"
    assert not is_in(stale)
    for purpose in (OWN, OTHER):
        confirm(stale, wish, purpose)
    assert not is_joined(wish)
    waiting.post("/client/login/code/enter", {"code": code[0]})
    assert not is_in(waiting)
    page = resetting.get(link, follow=True)
    new = {"password1": "seven brave blue herons", "password2": "seven brave blue herons"}
    resetting.post(page.wsgi_request.path, new)
    resetting.post("/client/login", {"login": OLD, "password": new["password1"]})
    assert not is_in(resetting)
    ana.refresh_from_db()
    assert not ana.has_usable_password()


@pytest.mark.req("AUT-05")
def test_parting_them_signs_everybody_out_and_a_second_press_does_nothing(
    ana: Account, old: Account
) -> None:
    browser, other_browser = browser_of(ana), browser_of(ana)
    join = ask(browser)
    for purpose in (OWN, OTHER):
        confirm(browser, join, purpose)
    mallory = browser_of(with_address(factories.make_account("mallory@example.net", "Mallory")))
    assert press(mallory, "undo", join).status_code == 200
    assert not is_in(browser)
    assert not is_in(other_browser)
    assert is_in(mallory), "who pressed is nobody to it: neither signed in nor out"
    assert press(Browser(), "undo", join).status_code in {404, 410}
    for purpose in (OWN, OTHER):
        confirm(browser_of(ana), join, purpose)
    assert Account.objects.get(pk=old.pk).is_active


@pytest.mark.req("AUT-05")
def test_not_me_ends_the_wish_signs_nobody_in_and_no_session_goes_on_with_it(
    ana: Account, old: Account
) -> None:
    browser = browser_of(ana)
    join = ask(browser)
    confirm(browser, join, OWN)
    reader = Browser()
    assert press(reader, "refuse", join).status_code == 200
    assert not is_in(reader)
    assert is_in(browser)
    confirm(browser, join, OTHER)
    assert not is_joined(join)


@pytest.mark.req("AUT-05")
def test_a_session_that_is_no_longer_fresh_confirms_nothing(
    ana: Account, old: Account, monday: time_machine.Coordinates
) -> None:
    browser = browser_of(ana)
    join = ask(browser)
    monday.shift(LONG_AGO)
    for purpose in (OWN, OTHER):
        away = confirm(browser, join, purpose)
        assert away.status_code == 302
    assert not is_joined(join)


@pytest.mark.req("AUT-02")
@pytest.mark.parametrize("kind", list(KNOWN))
def test_the_answer_and_the_work_of_joining_are_those_for_an_unknown_address(
    people: dict[str, Account],  # noqa: F811 -- the fixture
    ana: Account,
    kind: str,
) -> None:
    """Asked, looked at, her own code typed, a wrong one typed: none of it tells whether there is another account."""

    def join(_browser: Browser, address: str) -> HttpResponse:
        browser = browser_of(ana)
        wish = ask(browser, address)
        browser.get(PAGE)
        confirm(browser, wish, OWN)
        browser.post(f"{PAGE}/confirm", {"code": "ABCD-EFGH"})
        return browser.get(PAGE)

    visit(join, UNKNOWN)
    unknown, work = visit(join, UNKNOWN)
    known, known_work = visit(join, KNOWN[kind])
    assert known == unknown
    assert known_work.statements == work.statements
    assert known_work.hashes == work.hashes
