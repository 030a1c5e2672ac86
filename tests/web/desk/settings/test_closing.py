"""Giving the business up: owners only, who they are asked again, with its name typed; undone while the grace lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from tests import factories
from tests.cast import Person
from tests.web.desk.settings.conftest import SETTINGS
from tests.web.leaving.conftest import browser_of

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform import clock

PAGE = f"{SETTINGS}closing/"
NOW = factories.NOW


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boss(owner: Person) -> Browser:
    return browser_of(owner.account)


@pytest.mark.req("S2.21")
def test_the_page_says_what_happens_and_how_many_are_told(boss: Browser, service: Service) -> None:
    factories.book(service, factories.at("2026-11-24 10:00"))
    page = boss.get(PAGE).content.decode()
    assert "1 client with an appointment ahead" in page
    assert "For 30 days you can open it again" in page


@pytest.mark.req("S2.21")
def test_it_closes_for_whoever_types_the_name_and_opens_again(
    boss: Browser, business: Business
) -> None:
    assert boss.post(PAGE, {"name": "Another"}).status_code == 422
    business.refresh_from_db()
    assert business.closed_at is None
    assert boss.post(PAGE, {"name": "fisio  retiro"}).status_code == 302
    business.refresh_from_db()
    assert business.erase_at == NOW + timedelta(days=30)
    page = boss.get(PAGE).content.decode()
    assert "Wednesday 23 December 2026" in page
    assert "Open it again" in page
    public = Browser(headers={"accept-language": "en"}).get("/fisio-retiro/")
    assert b"This business has closed" in public.content
    assert boss.post(PAGE, {"reopen": "1"}).status_code == 302
    business.refresh_from_db()
    assert (business.is_open, business.closed_at, business.erase_at) == (True, None, None)


def test_when_the_grace_is_over_it_cannot_be_opened(
    owner: Person, business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser_of(owner.account).post(PAGE, {"name": business.name})
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=30))
        late = browser_of(owner.account)
        assert b'name="reopen"' not in late.get(PAGE).content
        late.post(PAGE, {"reopen": "1"})
    business.refresh_from_db()
    assert business.closed_at == NOW


def test_the_booking_page_cannot_be_opened_past_it(boss: Browser, business: Business) -> None:
    boss.post(PAGE, {"name": business.name})
    given = {
        "name": business.name,
        "slug": business.slug,
        "language": "es",
        "is_open": "on",
        "colour": "#00aa66",
    }
    answer = boss.post(f"{SETTINGS}business/", given)
    assert answer.status_code == 422
    assert b"The business is closed. Open it again first" in answer.content
    business.refresh_from_db()
    assert not business.is_open


def test_an_owner_who_signed_in_long_ago_is_asked_again(owner: Person) -> None:
    stale = browser_of(owner.account, is_fresh=False)
    for answer in (stale.get(PAGE), stale.post(PAGE, {"name": "Fisio Retiro"})):
        assert answer["Location"].startswith("/client/login/again/")


def test_nobody_but_an_owner_finds_it(
    desk: Person, professional_member: Person, outsider: Person, business: Business
) -> None:
    for person in (desk, professional_member, outsider):
        assert browser_of(person.account).get(PAGE).status_code == 404
        assert browser_of(person.account).post(PAGE, {"name": "Fisio Retiro"}).status_code == 404
    business.refresh_from_db()
    assert business.closed_at is None
