"""Nothing at any door says whether an address has an account (AUT-02): not the answer, not the work behind it.

The work is compared statement by statement and hash by hash, which no clock blurs. ``make prove-all`` adds the clock: ten thousand
timed pairs, of which a guesser may tell no more than chance (area under the curve at most 0.55).
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client as Browser
from tests import factories
from tests.factories import NOW
from tests.security.watching import undone

from clientela.accounts.actions.ask_sign_up import SignUp
from clientela.accounts.actions.begin_account import begin_account
from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account
from clientela.business.models import Business, Role
from clientela.catalogue.models import Service
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.django_db, pytest.mark.req("AUT-02")]

PASSWORD = "four calm green otters"
# All of one length, so that a page which repeats the address is as long for each.
UNKNOWN = "nobody.1@example.com"
KNOWN = {
    "proved": "proved.1@example.com",
    "unproved": "unprov.1@example.com",
    "expired": "expire.1@example.com",
    "without a password": "nopass.1@example.com",
    "by a provider": "social.1@example.com",
    "staff": "staffs.1@example.com",
    "an alias": "aliass.1@example.com",
    "closed": "closed.1@example.com",
}


@dataclass
class Work:
    """What an answer cost: the statements in order, without their values, and the passwords hashed."""

    statements: list[str] = field(default_factory=list)
    hashes: int = 0


@pytest.fixture
def people(business: Business) -> dict[str, Account]:
    """One account of each kind."""
    found = {kind: _account(kind, address) for kind, address in KNOWN.items()}
    with business_scope(business.pk):
        factories.make_member(business, found["staff"], Role.OWNER)
        factories.make_client(business, "Ana Prueba", KNOWN["proved"])
    return found


def _account(kind: str, address: str) -> Account:
    if kind in {"unproved", "expired"}:
        began = NOW - timedelta(days=8 if kind == "expired" else 1)
        wish = SignUp(str(uuid7()), address, "Ana Prueba", "", "en", "", "")
        return begin_account(wish=wish, now=began)
    first = "other.own@example.com" if kind == "an alias" else address
    account = create_account(
        email=first, name="Ana Prueba", password=PASSWORD, by=factories.SYSTEM, now=NOW
    )
    if kind == "an alias":
        EmailAddress.objects.create(user=account, email=address, verified=True)
    if kind == "by a provider":
        SocialAccount.objects.create(user=account, provider="google", uid="1")
    if kind in {"by a provider", "without a password"}:
        account.set_unusable_password()
    account.is_active = kind != "closed"
    account.save()
    return account


@contextmanager
def at_work() -> Iterator[Work]:
    """Note what is done inside."""
    work = Work()
    encode = MD5PasswordHasher.encode

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        work.statements.append(re.sub(r"\"s\d+_\w+\"|s\d+_\w+", "savepoint", sql))
        return execute(sql, *rest)

    def count(self: MD5PasswordHasher, *args: Any, **named: Any) -> str:
        work.hashes += 1
        return encode(self, *args, **named)

    with connection.execute_wrapper(note), pytest.MonkeyPatch.context() as patched:
        patched.setattr(MD5PasswordHasher, "encode", count)
        yield work


Door = Callable[[Browser, str], HttpResponse]


def sign_up(browser: Browser, address: str) -> HttpResponse:
    typed = {"name": "Nina Prueba", "email": address, "password": "seven brave blue herons"}
    return browser.post("/client/create-account", typed)


def after_sign_up(browser: Browser, address: str) -> HttpResponse:
    sign_up(browser, address)
    return browser.get("/client/verify")


def log_in_after_sign_up(browser: Browser, address: str) -> HttpResponse:
    """The password one just chose opens nothing, for a fresh account and for another's alike."""
    sign_up(browser, address)
    return browser.post("/client/login", {"login": address, "password": "seven brave blue herons"})


def log_in(browser: Browser, address: str) -> HttpResponse:
    return browser.post("/client/login", {"login": address, "password": "wrong wrong wrong wrong"})


def ask_code(browser: Browser, address: str) -> HttpResponse:
    return browser.post("/client/login/code", {"email": address})


def code_page(browser: Browser, address: str) -> HttpResponse:
    ask_code(browser, address)
    return browser.get("/client/login/code/enter")


def wrong_code(browser: Browser, address: str) -> HttpResponse:
    ask_code(browser, address)
    return browser.post("/client/login/code/enter", {"code": "XXXX-XXXX"})


def no_code(browser: Browser, address: str) -> HttpResponse:
    ask_code(browser, address)
    return browser.post("/client/login/code/enter", {"code": ""})


def second_step(browser: Browser, address: str) -> HttpResponse:
    """The page after the first proof, before there was one."""
    ask_code(browser, address)
    answer = browser.get("/client/login/second-step")
    assert answer.status_code == 302
    return answer


def fifth_code(browser: Browser, address: str) -> HttpResponse:
    ask_code(browser, address)
    answers = [browser.post("/client/login/code/enter", {"code": "XXXX-XXXX"}) for _ in range(5)]
    return answers[-1]


def reset(browser: Browser, address: str) -> HttpResponse:
    return browser.post("/client/password/forgotten", {"email": address})


def sixth_reset(browser: Browser, address: str) -> HttpResponse:
    return [reset(browser, address) for _ in range(6)][-1]


def code_while_booking(browser: Browser, address: str) -> HttpResponse:
    """A guest has a code sent instead of booking as one, and reads the page that asks for it."""
    typed = {"start": "20261125T0900Z", "name": "Nina Prueba", "note": "Knee", "email": address}
    answer = browser.post("/fisio-retiro/", {**typed, "then": "code"})
    assert answer.status_code == 302, answer.status_code
    return browser.get(answer["Location"])


def void_code_while_booking(browser: Browser, address: str) -> HttpResponse:
    """Five wrong ones, and the form they lead back to."""
    code_while_booking(browser, address)
    typed = {"code": "XXXX-XXXX", "next": "/fisio-retiro/?start=20261125T0900Z"}
    answers = [browser.post("/client/login/code/enter", typed) for _ in range(5)]
    assert [one.status_code for one in answers] == [200] * 4 + [302]
    page = browser.get(answers[-1]["Location"])
    assert b"That code is void" in page.content
    return page


def sixth_code_while_booking(browser: Browser, address: str) -> HttpResponse:
    """More than anybody needs: refused, whoever reads there."""
    for _ in range(5):
        ask_code(browser, address)
    typed = {"start": "20261125T0900Z", "email": address, "then": "code"}
    answer = browser.post("/fisio-retiro/", typed)
    assert answer.status_code == 429
    return answer


DOORS: dict[str, Door] = {
    door.__name__: door
    for door in (
        sign_up, after_sign_up, log_in_after_sign_up, log_in, ask_code, code_page, wrong_code,
        no_code, second_step, fifth_code, reset, sixth_reset, code_while_booking, void_code_while_booking,
        sixth_code_while_booking,
    )
}  # fmt: skip


def answer_of(response: HttpResponse, address: str) -> dict[str, Any]:
    """All that a stranger sees, without what differs between any two answers."""
    body = response.content.decode().replace(address, "ADDRESS")
    body = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"', "", body)
    headers = {
        name: value
        for name, value in response.headers.items()
        if name not in {"X-Request-ID", "Expires"}
    }
    cookies = {
        name: sorted(key for key, value in morsel.items() if value)
        for name, morsel in response.cookies.items()
    }
    return {"status": response.status_code, "body": body, "headers": headers, "cookies": cookies}


def visit(door: Door, address: str) -> tuple[dict[str, Any], Work]:
    """One visit by a fresh browser, taken back afterwards."""
    with undone(), at_work() as work:
        browser = Browser(headers={"accept-language": "en"})
        answer = answer_of(door(browser, address), address)
    return answer, work


@pytest.mark.parametrize("kind", list(KNOWN))
@pytest.mark.parametrize("name", list(DOORS))
@pytest.mark.req("L15", "MRG-04")
def test_the_answer_and_the_work_are_those_for_an_unknown_address(
    people: dict[str, Account], service: Service, name: str, kind: str
) -> None:
    visit(DOORS[name], UNKNOWN)  # whatever is read once is read now
    unknown, work = visit(DOORS[name], UNKNOWN)
    known, known_work = visit(DOORS[name], KNOWN[kind])
    assert known == unknown
    assert known_work.hashes == work.hashes
    assert known_work.statements == work.statements


def test_the_right_password_is_seen_by_this_measure(people: dict[str, Account]) -> None:
    """The negative control: where a difference is meant, it is found."""

    def right(browser: Browser, address: str) -> HttpResponse:
        return browser.post("/client/login", {"login": address, "password": PASSWORD})

    unknown, work = visit(right, UNKNOWN)
    known, known_work = visit(right, KNOWN["proved"])
    assert known != unknown
    assert known_work.statements != work.statements


@pytest.fixture
def service(business: Business) -> Service:
    """Something a guest can book."""
    with business_scope(business.pk):
        professional = factories.make_professional(business)
        return factories.make_service(business, professionals=(professional,))


@pytest.mark.parametrize("kind", list(KNOWN))
def test_a_guests_booking_by_the_api_answers_alike(
    business: Business, service: Service, people: dict[str, Account], kind: str
) -> None:
    def book(browser: Browser, address: str) -> HttpResponse:
        wish = {
            "service": str(service.pk),
            "start": "2026-11-25T10:00:00+01:00",
            "client": {"name": "Ana Prueba", "email": address},
        }
        return browser.post(
            f"/api/v1/businesses/{business.slug}/appointments",
            json.dumps(wish),
            "application/json",
        )

    unknown, _ = visit(book, UNKNOWN)
    known, _ = visit(book, KNOWN[kind])
    assert unknown["status"] == 201, unknown["body"]
    assert _without_ids(known) == _without_ids(unknown)


@pytest.mark.parametrize("kind", list(KNOWN))
def test_the_look_at_a_guests_address_answers_alike(
    business: Business, service: Service, people: dict[str, Account], kind: str
) -> None:
    def look(browser: Browser, address: str) -> HttpResponse:
        return browser.post(f"/{business.slug}/email-check/", {"email": address})

    unknown, work = visit(look, UNKNOWN)
    known, known_work = visit(look, KNOWN[kind])
    assert unknown["status"] == 200
    assert known == unknown
    assert known_work.statements == work.statements


def _without_ids(answer: dict[str, Any]) -> dict[str, Any]:
    """An appointment's key and its link are new each time."""
    plain = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", repr(answer))
    return {"plain": re.sub(r"/a/[\w-]{27}/|\"[\w-]{27}\"", "LINK", plain)}


@pytest.mark.skipif(
    os.environ.get("CLIENTELA_PROVE") != "1", reason="ten thousand timed pairs: make prove-all"
)
@pytest.mark.parametrize(
    "name", ["sign_up", "log_in", "ask_code", "code_page", "reset", "code_while_booking"]
)
def test_the_clock_tells_no_more_than_chance(
    people: dict[str, Account], service: Service, name: str
) -> None:
    pairs = int(os.environ.get("CLIENTELA_TIMED_PAIRS", "10000"))
    times: dict[str, list[float]] = {UNKNOWN: [], KNOWN["proved"]: []}
    for number in range(pairs):
        order = list(times) if number % 2 else list(reversed(times))
        for address in order:
            times[address].append(_seconds(DOORS[name], address))
    area = _area(times[KNOWN["proved"]], times[UNKNOWN])
    print(f"{name}: {pairs} pairs, area under the curve {area:.3f}")
    assert max(area, 1 - area) <= 0.55


def _seconds(door: Door, address: str) -> float:
    with transaction.atomic():
        browser = Browser(headers={"accept-language": "en"})
        begin = time.perf_counter()
        door(browser, address)
        taken = time.perf_counter() - begin
        transaction.set_rollback(True)
    return taken


def _area(one: list[float], other: list[float]) -> float:
    """How often a value of the one is the greater, ties counted half: the Mann-Whitney statistic."""
    ranked = sorted([(value, 1) for value in one] + [(value, 0) for value in other])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, 1) if is_one)
    return (ranks - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
