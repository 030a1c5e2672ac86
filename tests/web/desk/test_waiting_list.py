"""The waiting list at the desk: who waits for what, what they were told, and who may look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from tests.booking.waiting import TEN, cancelled, waits
from tests.cast import Person
from tests.factories import NOW, book, make_client, make_guest

from clientela.booking.models import WaitingEntry
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform.models import AuditEvent
from clientela.platform.worker import run_once

pytestmark = pytest.mark.usefixtures("scope")
DAYS = {"first_day": "2026-11-24", "last_day": "2026-11-27", "hours": "evening"}


@pytest.fixture
def url(business: Business) -> str:
    return f"/desk/{business.slug}/waiting/"


def test_the_list_says_who_waits_for_what_and_what_they_were_told(
    at_desk: Browser, url: str, home: str, service: Service
) -> None:
    waits(service, make_guest("Luz Prueba"), from_minute=540, until_minute=720)
    cancelled(book(service, TEN, client=make_guest("Other", "other@example.com")).appointment)
    run_once(NOW)
    assert url in at_desk.get(home).text
    text = at_desk.get(url).text
    for words in ("Luz Prueba", "Fisioterapia", "from 09:00 to 12:00", "since Mon 23 Nov, 08:00"):
        assert words in text
    assert "Told of:" in text
    assert "Tue 24 Nov, 10:00" in text


def test_nobody_waits_is_said_with_the_way_to_change_it(at_desk: Browser, url: str) -> None:
    assert "Nobody waits" in at_desk.get(url).text


def test_staff_take_somebody_off_with_one_press(
    at_desk: Browser, url: str, service: Service
) -> None:
    entry = waits(service)
    answer = at_desk.post(f"{url}{entry.pk}/remove/", follow=True)
    assert "is off the waiting list" in answer.text
    assert WaitingEntry.objects.get().state == "left"
    assert AuditEvent.objects.get(action="waiting-list-left").actor_kind == "staff"
    assert at_desk.post(f"{url}{entry.pk}/remove/").status_code == 404


def test_staff_put_a_client_on_the_list_from_their_card(
    at_desk: Browser, business: Business, service: Service, location: Location, client_card: Card
) -> None:
    there = f"/desk/{business.slug}/clients/{client_card.pk}/wait/"
    assert there in at_desk.get(f"/desk/{business.slug}/clients/{client_card.pk}/").text
    text = at_desk.get(there).text
    assert "has not said yet that messages are welcome" in text
    given = {**DAYS, "service": service.pk, "location": location.pk, "professional": ""}
    answer = at_desk.post(there, given, follow=True)
    assert "is on the waiting list" in answer.text
    entry = WaitingEntry.objects.get()
    assert (entry.client, entry.joined_by, entry.from_minute) == (client_card, "staff", 960)
    assert at_desk.post(there, {**given, "last_day": "2026-01-01"}).status_code == 422


def test_a_professional_reaches_who_waits_for_them(
    sit: Callable[..., Browser],
    professional_member: Person,
    professional: Professional,
    colleague: Professional,
    shared_service: Service,
    business: Business,
    url: str,
) -> None:
    theirs = waits(shared_service, make_guest("Mine", "m@x.org"), professional=professional)
    others = waits(shared_service, make_guest("Other", "o@x.org"), professional=colleague)
    browser = sit(professional_member)
    text = browser.get(url).text
    assert "Mine" in text
    assert "Other" not in text
    assert browser.post(f"{url}{others.pk}/remove/").status_code == 404
    assert browser.post(f"{url}{theirs.pk}/remove/").status_code == 302
    stranger = make_client(business, "Unseen")
    assert browser.get(f"/desk/{business.slug}/clients/{stranger.pk}/wait/").status_code == 404


def test_what_was_told_stands_in_the_list_of_messages(
    at_desk: Browser, business: Business, service: Service, url: str
) -> None:
    waits(service, make_guest("Luz Prueba"))
    cancelled(book(service, TEN, client=make_guest("Other", "other@example.com")).appointment)
    for _ in range(3):
        run_once(NOW)
    text = at_desk.get(f"/desk/{business.slug}/messages/sent/").text
    assert "A time became free" in text
    assert f'href="{url}"' in text
    found = at_desk.get(f"/desk/{business.slug}/messages/sent/?q=luz").text
    assert "A time became free" in found
