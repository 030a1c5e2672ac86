"""Texts at the desk: what will be sent is said before booking, STOP holds it back, START lets it go again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import NOW, STAFF, at
from tests.kit import browser as kit
from tests.kit.signed_in import put_session
from tests.notify.texting import ANA, make_gateway, writes

from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.conversations.models import Conversation
from clientela.notify.models import Message, Reason, Rule, SimulatedText
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, Identifier, NotifyBy
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import run_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
DESK = "/desk/fisio-retiro/"


@pytest.fixture
def texted(client_card: Client) -> Client:
    """Ana wants email and texts, and has shown that both are hers."""
    add_identifier(client=client_card, phone=ANA, by=STAFF, now=NOW)
    Identifier.objects.update(verified_at=NOW)
    set_preferences(
        client=client_card, notify_by=NotifyBy.EMAIL_AND_SMS, how=How.STAFF, by=STAFF, now=NOW
    )
    return client_card


def work() -> None:
    """Let the worker do all that is due."""
    for _ in range(4):
        run_once(clock.now())


def move_to(card: Client, when: str) -> None:
    """Move the client's appointment."""
    with business_scope(card.business_id):
        reschedule_appointment(
            appointment=Appointment.objects.get(client=card),
            starts_at=at(when),
            by=STAFF,
            door="desk",
            now=clock.now(),
        )


def reason_of(rule: Rule, card: Client) -> Reason:
    with business_scope(card.business_id):
        rows = Message.objects.filter(rule=rule, channel="sms", recipient="client")
        return Reason(rows.latest("created_at").reason)


@pytest.mark.req("S4.13")
@pytest.mark.req("S4.22")
def test_what_is_promised_while_booking_is_stopped_by_stop_and_goes_again_after_start(
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    desk: Person,
    texted: Client,
    service: Service,
) -> None:
    gateway = make_gateway(texted.business)
    page = open_page(viewport=kit.DESKTOP)
    put_session(page.context, desk.account, url=live_server.url)
    home = live_server.url + DESK
    page.goto(f"{home}book/?client={texted.pk}&service={service.pk}&start=20261124T0900Z")
    told = page.get_by_role("region", name="What Ana Prueba will get")
    expect(told).to_contain_text("Reminder 24 hours before")
    expect(told).to_contain_text("Text · Mon 23 Nov, 10:00 (Madrid)")
    calm(page, "desk-book-forecast")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Booked")
    work()
    page.reload()
    messages = page.get_by_role("region", name="Messages")
    expect(messages).to_contain_text("Planned for Mon 23 Nov, 10:00 (Madrid)")

    writes(gateway, "STOP")
    page.reload()
    expect(messages).to_contain_text(
        "As things stand it will not be sent: this number has stopped texts (STOP)"
    )
    calm(page, "desk-appointment-outlook")
    with time_machine.travel(at("2026-11-23 10:05"), tick=True):
        work()
    assert reason_of(Rule.REMINDER, texted) is Reason.OPTED_OUT
    page.get_by_role("link", name="Messages").first.click()
    expect(page).to_have_url(f"{home}messages/")
    page.get_by_role("link", name="Ana Prueba").click()
    expect(page.get_by_text("Stopped texts", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Send the text")).to_have_count(0)
    calm(page, "desk-thread-stopped")

    writes(gateway, "START")
    move_to(texted, "2026-11-25 11:00")
    work()
    assert reason_of(Rule.CHANGE, texted) in {Reason.HANDED_OVER, Reason.DELIVERED}
    assert SimulatedText.objects.filter(number=ANA, is_inbound=False, body__contains="11:00")
    page.reload()
    expect(page.get_by_text("New time by text")).to_be_visible()
    page.get_by_label("Your answer").fill("Until Wednesday then")
    expect(page.get_by_text("1 text, counted with")).to_be_visible()
    page.get_by_role("button", name="Send the text").click()
    expect(page.get_by_text("The text is on its way.")).to_be_visible()
    with business_scope(texted.business_id):
        thread = Conversation.objects.get()
    for language in ("es", "it"):
        phone = open_page(viewport=kit.PHONE, locale=language)
        put_session(phone.context, desk.account, url=live_server.url)
        look_around(phone, calm, home=home, thread=thread, card=texted, language=language)


def look_around(
    phone: Page, calm: Calm, *, home: str, thread: Conversation, card: Client, language: str
) -> None:
    """Look at every page about messages on a phone."""
    pages = {
        "inbox": "messages/",
        "thread": f"messages/{thread.pk}/",
        "sent": "messages/sent/",
        "record": f"clients/{card.pk}/messages/",
    }
    for name, path in pages.items():
        phone.goto(home + path)
        calm(phone, f"desk-{language}-{name}")
