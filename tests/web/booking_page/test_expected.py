"""Before they book, visitors read what they will receive and when; what comes too late is said as well."""

from __future__ import annotations

import re

import pytest
from tests.web.booking_page.conftest import Page

from clientela.accounts.models import Account
from clientela.catalogue.models import Service

SOON, LATER = "2026-11-23T16:00:00Z", "2026-11-25T09:00:00Z"
HEADING = "What you will receive"


def thread(page: Page, language: str = "en", **query: str) -> str:
    text = page.client.get(page.url, query, headers={"accept-language": language}).text
    if 'id="h-expected"' not in text:
        return ""
    part = text[text.index('id="h-expected"') :]
    return " ".join(re.sub(r"<[^>]+>", " ", part[: part.index("</section>")]).split())


def test_nothing_is_promised_before_a_time_is_chosen(page: Page, service: Service) -> None:
    assert thread(page) == ""


def test_each_message_has_its_way_and_its_moment(
    page: Page, service: Service, account: Account
) -> None:
    page.client.force_login(account)
    said = thread(page, start=LATER)
    assert "Confirmation by email At once" in said
    assert "Tue 24 Nov, 10:00 (Madrid)" in said, "24 hours before"
    assert "By booking you allow messages about this appointment." in said


@pytest.mark.req("S4.22")
def test_a_reminder_that_the_booking_comes_too_late_for_is_said(
    page: Page, service: Service
) -> None:
    said = thread(page, start=SOON)
    assert "Reminder 24 hours before, by email" in said
    assert "when it was booked or moved" in said


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Qué recibirás"), ("it", "Che cosa riceverai")]
)
def test_it_is_said_in_the_visitors_language(
    page: Page, service: Service, language: str, words: str
) -> None:
    text = page.client.get(page.url, {"start": LATER}, headers={"accept-language": language}).text
    assert words in text
    assert "24" in thread(page, language, start=LATER)


def test_a_guest_reads_that_reminders_want_an_account(page: Page, service: Service) -> None:
    said = thread(page, start=LATER)
    assert "Confirmation by email At once" in said
    assert "you have not chosen your messages in an account yet" in said
