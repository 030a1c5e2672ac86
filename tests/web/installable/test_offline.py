"""The page that is kept for the way, the script that keeps it, and what makes a device forget."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.web.installable.sign_out import ForgetOnSignOut

pytestmark = pytest.mark.django_db
TUESDAY_TEN = at("2026-11-24 10:00")


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(client_card: Card, ana: Account) -> Card:
    """Ana's card at Fisio Retiro."""
    return own_card(client_card, ana)


def read(account: Account | None, **headers: str) -> Any:
    browser = Client(headers={"accept-language": "en", **headers})
    if account:
        browser.force_login(account)
    return browser.get("/client/offline")


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.req("S2.22")
def test_the_kept_page_says_what_is_ahead_where_and_when_it_was_read(
    service: Service, card: Card, ana: Account
) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    off = book(service, at("2026-11-25 12:00"), client=card, by=STAFF).appointment
    cancel_appointment(appointment=off, by=STAFF, door="desk", now=NOW)
    said = words(read(ana))
    for part in (
        "Fisioterapia with Irene",
        "10:00 Madrid",
        "Fisio Retiro",
        "+34 910 000 000",
        "Monday 23 November 2026",
        "08:00",
    ):
        assert part in said, part
    assert "12:00" not in said


def test_it_shows_nobody_elses_and_every_business_of_the_persons(
    service: Service, card: Card, ana: Account
) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    otto = proved_account("otto@example.org", "Otto")
    elsewhere = factories.make_business("salon", name="Salon Next Door")
    with business_scope(elsewhere.pk):
        person = factories.make_professional(elsewhere, "Nora")
        cut = factories.make_service(elsewhere, "Haircut", professionals=(person,))
        for account in (ana, otto):
            own = own_card(factories.make_client(elsewhere, account.name, account.email), account)
            start = at("2026-11-26 09:00") if account == ana else at("2026-11-27 15:00")
            book(cut, start, client=own, by=STAFF)
    hers, his = words(read(ana)), words(read(otto))
    assert "Salon Next Door" in hers
    assert "Fisio Retiro" in hers
    assert "15:00" not in hers
    assert "15:00" in his
    assert "Fisio Retiro" not in his


def test_a_stranger_is_told_only_that_there_is_no_network(service: Service) -> None:
    book(service, TUESDAY_TEN)
    answer = read(None)
    assert answer["X-Offline-Of"] == ""
    assert "You are offline" in words(answer)
    assert "Fisioterapia" not in words(answer)


def test_the_answer_names_whose_it_is_without_saying_who(ana: Account) -> None:
    otto = proved_account("otto@example.org", "Otto")
    mine = read(ana)["X-Offline-Of"]
    assert mine == read(ana)["X-Offline-Of"]
    assert mine != read(otto)["X-Offline-Of"]
    assert str(ana.pk) not in mine
    assert len(mine) == 24
    assert "no-store" in read(ana)["Cache-Control"]


def test_a_page_says_the_same_word_to_the_script(business: Business, ana: Account) -> None:
    browser = Client()
    page = browser.get("/fisio-retiro/").content.decode()
    assert '<link rel="manifest" href="/fisio-retiro/manifest.webmanifest">' in page
    assert 'data-scope="/fisio-retiro/" data-person=""' in page
    browser.force_login(ana)
    page = browser.get("/fisio-retiro/").content.decode()
    assert f'data-person="{read(ana)["X-Offline-Of"]}"' in page


def test_there_is_no_script_style_or_button_that_needs_a_network_on_the_kept_page(
    service: Service, card: Card, ana: Account
) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    page = read(ana).content.decode()
    assert "<script" not in page
    assert "<form" not in page
    targets = re.findall(r'<a [^>]*href="([^"]+)"', page)
    assert targets == ["#main", "tel:+34910000000"]
    files = re.findall(
        r'<(?:link rel="(?:stylesheet|preload|icon)"|img)[^>]*(?:href|src)="([^"]+)"', page
    )
    kept = json.loads(re.findall(r"const FILES = (.+);", worker())[0])
    assert set(files) <= set(kept)


def worker() -> str:
    return Client().get("/client/sw.js").content.decode()


def test_the_worker_may_serve_every_page_and_is_asked_for_anew() -> None:
    answer = Client().get("/client/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    for path in re.findall(r'"(/static/[^"]+)"', worker()):
        assert finders.find(path.removeprefix(settings.STATIC_URL)), path


def test_the_pages_policy_lets_the_worker_and_the_manifest_in(business: Business) -> None:
    policy = Client().get("/fisio-retiro/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.req("S2.22")
def test_signing_out_clears_what_the_device_keeps(ana: Account) -> None:
    browser = Client()
    browser.force_login(ana)
    assert "Clear-Site-Data" not in browser.get("/client/logout")
    assert browser.post("/client/logout")["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in browser.get("/client/login")


def test_any_way_of_being_signed_out_clears_it(ana: Account, rf: RequestFactory) -> None:
    def ended(request: Any) -> HttpResponse:
        logout(request)
        return HttpResponse()

    request = rf.get("/")
    request.user = ana
    request.session = Client().session
    assert "Clear-Site-Data" in ForgetOnSignOut(ended)(request)
    assert "Clear-Site-Data" not in ForgetOnSignOut(lambda _: HttpResponse())(rf.get("/"))


def test_the_hint_goes_where_it_was_dismissed(ana: Account) -> None:
    browser = Client()
    browser.force_login(ana)
    answer = browser.post("/client/install-hint")
    assert (answer.status_code, answer["Location"]) == (302, "/client/")
    assert browser.cookies["install_hint"].value == "no"
    assert browser.get("/client/install-hint").status_code == 405
