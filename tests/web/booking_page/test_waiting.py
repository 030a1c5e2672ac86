"""Asking to be told when a time frees up: reached where no time suits, the same answer for everybody, left by a link."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests import factories
from tests.booking.waiting import TEN, cancelled, waits
from tests.factories import NOW, book, make_guest
from tests.web.booking_page.conftest import Page
from tests.web.checksum import checksum

from clientela.accounts.models import Account
from clientela.booking.models import WaitingEntry
from clientela.booking.waiting_links import wait_path
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card, Consent
from clientela.platform.worker import run_once
from clientela.web.booking_page.waiting.limits import JOINS_PER_HOUR

pytestmark = pytest.mark.usefixtures("scope")
GUEST = {"name": "Luz Prueba", "email": "luz@example.com"}
DAYS = {"first_day": "2026-11-24", "last_day": "2026-11-27", "hours": "morning"}


@pytest.fixture
def url(business: Business, service: Service) -> str:
    """Where one asks, without any choice."""
    return f"/{business.slug}/waiting/"


def test_the_page_leads_there_from_the_days_times_and_where_there_are_none(
    page: Page, service: Service
) -> None:
    for day in ("2026-11-24", "2026-11-28"):
        text = page.client.get(page.url, {"day": day}).text
        (there,) = re.findall(rf'href="({page.url}waiting/[^"]*)"', text)
        assert f"day={day}" in there
        asked = page.client.get(there.replace("&amp;", "&")).text
        assert f'value="{day}"' in asked
        assert "Fisioterapia" in asked


def test_a_guest_joins_and_is_told_what_happens_now(visitor: Client, url: str) -> None:
    answer = visitor.post(url, {**DAYS, **GUEST}, follow=True)
    assert answer.redirect_chain == [(f"{url}joined/", 302)]
    assert "You are on the list" in answer.text
    entry = WaitingEntry.objects.get()
    assert (entry.first_day, entry.last_day) == (date(2026, 11, 24), date(2026, 11, 27))
    assert (entry.from_minute, entry.until_minute) == (0, 720)
    assert (entry.language, entry.address_used, entry.joined_by) == (
        "en",
        "luz@example.com",
        "guest",
    )
    assert Consent.objects.count() == 1


def test_get_changes_nothing(visitor: Client, url: str) -> None:
    before = checksum()
    assert visitor.get(url).status_code == 200
    assert visitor.get(f"{url}joined/").status_code == 200
    assert checksum() == before


def test_the_answer_is_the_same_whatever_is_kept_for_the_address(visitor: Client, url: str) -> None:
    answers = set()
    for number in range(7):
        days = {**DAYS, "last_day": f"2026-11-{24 + number % 6}", "hours": "any"}
        answer = visitor.post(url, {**days, **GUEST})
        answers.add((answer.status_code, answer["Location"], answer.content))
    assert len(answers) == 1
    assert WaitingEntry.objects.count() == 5


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last_day": "2026-11-20"}, "This day is before the first one."),
        ({"first_day": "2026-11-01", "last_day": "2026-11-20"}, "This day is over."),
        ({"last_day": "2027-06-01"}, "Choose a day within the next three months."),
        ({"first_day": "9999-99-99"}, "Enter a valid date"),
        ({"hours": "midnight"}, "Select a valid choice"),
        ({"email": "nobody"}, "This does not look like an email address"),
        ({"name": ""}, "Write your name."),
        ({"email": "luz@gmial.com"}, "Perhaps you meant"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_question(
    visitor: Client, url: str, changed: dict[str, str], said: str
) -> None:
    answer = visitor.post(url, {**DAYS, **GUEST, **changed})
    assert answer.status_code == 422
    assert said in answer.text
    assert WaitingEntry.objects.count() == 0


def test_a_stranger_is_slowed_down(visitor: Client, url: str) -> None:
    for number in range(JOINS_PER_HOUR + 1):
        guest = {"name": f"Luz {number}", "email": f"luz{number}@example.com"}
        answer = visitor.post(url, {**DAYS, **guest}, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 429
    assert WaitingEntry.objects.count() == JOINS_PER_HOUR


def test_who_is_signed_in_is_asked_nothing_but_the_days(
    visitor: Client, url: str, account: Account
) -> None:
    visitor.force_login(account)
    text = visitor.get(url).text
    assert 'name="email"' not in text
    assert 'name="name"' not in text
    assert visitor.post(url, DAYS).status_code == 302
    entry = WaitingEntry.objects.select_related("client").get()
    assert (entry.client.account_id, entry.joined_by) == (account.pk, "client")
    home = visitor.get("/client/").text
    assert "You are waiting for" in home
    assert wait_path(entry) in home


def test_where_a_log_in_is_required_the_way_in_is_shown_instead(
    visitor: Client, url: str, business: Business
) -> None:
    set_policy(business=business, client_login=ClientLogin.REQUIRED, by=factories.SYSTEM, now=NOW)
    answer = visitor.post(url, {**DAYS, **GUEST})
    assert "/client/login" in answer.text or "sign" in answer.text.lower()
    assert 'name="email"' not in answer.text
    assert WaitingEntry.objects.count() == 0


def test_where_nothing_is_booked_online_there_is_no_list(
    visitor: Client, url: str, business: Business
) -> None:
    set_policy(business=business, online_booking=False, by=factories.SYSTEM, now=NOW)
    assert visitor.get(url)["Location"] == f"/{business.slug}/"


def test_the_link_shows_what_was_told_and_a_press_leaves(
    visitor: Client, url: str, service: Service
) -> None:
    entry = waits(service, language="en")
    cancelled(book(service, TEN, client=make_guest("Other", "other@example.com")).appointment)
    run_once(NOW)
    link = wait_path(entry)
    before = checksum()
    text = visitor.get(link).text
    assert checksum() == before
    assert "You are on the waiting list" in text
    booked = re.findall(r'class="choice" href="([^"]*)"', text)
    assert len(booked) == 1
    there = visitor.get(booked[0].replace("&amp;", "&")).text
    assert "Tuesday 24 November" in there
    assert "You are off the list" in visitor.post(link, follow=True).text
    assert WaitingEntry.objects.get().state == "left"
    assert "You are off the list" in visitor.post(link, follow=True).text


def test_a_strangers_link_opens_nothing(visitor: Client, url: str) -> None:
    assert visitor.get(f"{url}{'x' * 27}/").status_code == 404
    assert visitor.post(f"{url}{'x' * 27}/").status_code == 404


def test_what_a_guest_types_changes_nothing_of_a_known_card(
    visitor: Client, url: str, client_card: Card
) -> None:
    visitor.post(url, {**DAYS, "name": "Somebody Else", "email": "ana@example.com"})
    assert WaitingEntry.objects.get().client_id != client_card.pk


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2027-06-01", "nonsense"])
def test_a_day_for_which_nobody_can_wait_begins_today(visitor: Client, url: str, day: str) -> None:
    text = visitor.get(url, {"day": day}).text
    assert 'value="2026-11-23"' in text
