"""An owner sets what is sent: texts, the plan with what it means, and words of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.factories import NOW
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.accounts.actions.create_account import create_account
from clientela.business.models import Business, Role
from clientela.notify.models import MessageRule, MessageTemplate, TextGateway
from clientela.people.models import Client
from clientela.platform.models import WorkerHeartbeat
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SETTINGS = "/desk/fisio-retiro/settings/"
PASSWORD = "four calm green otters"
REMINDER = "reminder.client.before:1440."


@dataclass
class Walk:
    """One owner's browser, which looks at pages on a phone and on a desktop."""

    page: Page
    url: str
    calm: Callable[..., None]

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.url}{SETTINGS}{path}")
        return self.page

    def look(self, name: str, *, wide: bool = False) -> None:
        sizes = (kit.PHONE, kit.DESKTOP) if wide else (kit.PHONE,)
        for size in sizes:
            self.page.set_viewport_size(ViewportSize(**size))
            self.calm(self.page, name)
        self.page.set_viewport_size(ViewportSize(**kit.DESKTOP))

    def save(self) -> None:
        self.page.locator(".savebar .btn-solid").click()
        expect(self.page.locator(".toast")).to_be_visible()


@pytest.fixture
def house(business: Business) -> Business:
    """A business with a client who comes on Thursday, and a worker that is awake."""
    WorkerHeartbeat.objects.create(process="here:1", started_at=NOW, beat_at=NOW)
    with business_scope(business.pk):
        person = factories.make_professional(business, "Irene")
        service = factories.make_service(business, professionals=(person,))
        factories.book(service, factories.at("2026-11-26 10:00"))
        Client.objects.update(activated_at=NOW)
    return business


@pytest.fixture
def walk(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    calm: Callable[..., None],
    house: Business,
) -> Walk:
    page = open_page(viewport=kit.DESKTOP, locale="en-GB")
    account = create_account(
        email="olga@example.com", name="Olga", password=PASSWORD, by=factories.SYSTEM, now=NOW
    )
    with business_scope(house.pk):
        factories.make_member(house, account, Role.OWNER)
    put_session(page.context, account, url=live_server.url)
    return Walk(page, live_server.url, calm)


@pytest.mark.req("S4.9")
def test_an_owner_sets_what_is_sent(walk: Walk, house: Business) -> None:
    connect_texts(walk)
    change_the_plan(walk)
    write_words(walk)
    with business_scope(house.pk):
        kept = MessageRule.objects.filter(rule="reminder").order_by("timing")
        assert [(one.timing, one.is_on) for one in kept] == [
            ("before:120", True),
            ("before:1440", False),
        ]
        assert MessageTemplate.objects.get().body == "Hola {name}\n\nTrae una toalla."
        assert TextGateway.objects.get().sender == "+34600000000"


def connect_texts(walk: Walk) -> None:
    """What a sender means for carriers is said before one is chosen; a test goes to a phone of one's own.

    Whose money it is proves who they are first.
    """
    page = walk.go("texts/?by=twilio")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button.btn-solid").click()
    page.wait_for_url("**/texts/**")
    expect(page.locator("main")).to_contain_text("Some carriers filter toll-free numbers")
    walk.look("texts-twilio")
    walk.go("texts/?by=simulator")
    page.locator("#id_countries").fill("ES")
    page.locator("#id_sender").fill("nobody's number")
    page.locator("button[value=connect]").click()
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#id_sender").fill("+34 600 000 000")
    page.locator("button[value=connect]").click()
    expect(page.locator(".badge-note")).to_be_visible()
    page.locator("#id_number").fill("+34 612 34 56 78")
    page.locator("button[value=test]").click()
    expect(page.locator("#h-test")).to_be_visible()
    expect(page.locator("main")).to_contain_text("+34612345678")
    walk.look("texts")


def change_the_plan(walk: Walk) -> None:
    """What is ticked or typed is told, with the next client as the example, before it is kept."""
    page = walk.go("messages/")
    expect(page.locator("#example")).to_contain_text("Wed 25 Nov, 10:00 (Madrid)")
    walk.look("plan", wide=True)
    page.locator(f'input[name="on"][value="{REMINDER}"]').uncheck()
    expect(page.locator("#example")).not_to_contain_text("Wed 25 Nov, 10:00 (Madrid)")
    walk.save()
    walk.go("messages/rule/new/?kind=reminder")
    expect(page.locator("#id_days")).to_be_hidden()
    page.locator("#id_hours").fill("2")
    page.locator("#id_hours").press("Tab")
    expect(page.locator("#example")).to_contain_text("Thu 26 Nov, 08:00 (Madrid)")
    walk.look("rule")
    walk.save()


def write_words(walk: Walk) -> None:
    """Words are seen as they are typed, as a mail, a text and a notice."""
    page = walk.go("messages/words/reminder/es/email/")
    page.locator("#id_body").fill("Hola {name}\n\nTrae una toalla.")
    page.locator("#id_body").press("Tab")
    expect(page.locator("#preview")).to_contain_text("Trae una toalla.")
    walk.look("words-email", wide=True)
    walk.save()
    walk.go("messages/words/reminder/es/sms/")
    expect(page.locator("#preview")).to_contain_text("Baja: STOP")
    walk.look("words-sms")
