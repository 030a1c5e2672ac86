"""An owner sets what is sent: the plan with what it means, words of their own, and texts, on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.factories import NOW
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.accounts.actions.create_account import create_account
from clientela.business.models import Business, Membership, Role
from clientela.notify.models import MessageRule, MessageTemplate, TextGateway
from clientela.people.models import Client
from clientela.platform.models import WorkerHeartbeat
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SETTINGS = "/desk/fisio-retiro/settings/"
REMINDER = "reminder.client.before:1440."
PASSWORD = "four calm green otters"


@pytest.fixture
def house(business: Business) -> Business:
    """A business with an owner, a client with an appointment on Thursday, and a worker that is awake."""
    owner = create_account(
        email="olga@example.com", name="Olga", password=PASSWORD, by=factories.SYSTEM, now=NOW
    )
    WorkerHeartbeat.objects.create(process="here:1", started_at=NOW, beat_at=NOW)
    with business_scope(business.pk):
        factories.make_member(business, owner, Role.OWNER)
        person = factories.make_professional(business, "Irene")
        service = factories.make_service(business, professionals=(person,))
        factories.book(service, factories.at("2026-11-26 10:00"))
        Client.objects.update(activated_at=NOW)
    return business


@pytest.mark.req("S4.9")
def test_an_owner_sets_what_is_sent(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    calm: Callable[..., None],
    house: Business,
) -> None:
    page = open_page(viewport=kit.DESKTOP, locale="en-GB")
    with business_scope(house.pk):
        owner = Membership.objects.select_related("account").get().account
    put_session(page.context, owner, url=live_server.url)

    def look(name: str) -> None:
        for size in (kit.DESKTOP, kit.PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict of sizes
            calm(page, name)
        page.set_viewport_size(kit.DESKTOP)  # type: ignore[arg-type]  # likewise

    # texts: an account, with secrets that are asked of whoever has just proved who they are
    page.goto(f"{live_server.url}{SETTINGS}texts/")
    if page.locator("#id_password").count():
        page.locator("#id_password").fill(PASSWORD)
        page.locator("main form button.btn-solid").click()
        page.wait_for_url("**/texts/")
    look("texts-none")
    page.goto(f"{live_server.url}{SETTINGS}texts/?by=twilio")
    look("texts-twilio")
    page.goto(f"{live_server.url}{SETTINGS}texts/?by=simulator")
    page.locator("#id_sender").fill("nobody's number")
    page.locator("#id_countries").fill("ES")
    page.locator("button[value=connect]").click()
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#id_sender").fill("+34 600 000 000")
    page.locator("button[value=connect]").click()
    expect(page.locator(".badge-note")).to_be_visible()
    page.locator("#id_number").fill("+34 612 34 56 78")
    page.locator("button[value=test]").click()
    expect(page.locator(".toast")).to_be_visible()
    look("texts")

    # the plan: what is ticked is told before it is kept
    page.goto(f"{live_server.url}{SETTINGS}messages/")
    expect(page.locator("#example")).to_contain_text("Wed 25 Nov, 10:00 (Madrid)")
    look("plan")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(f'input[name="on"][value="{REMINDER}"]').uncheck()
    expect(page.locator("#example")).not_to_contain_text("Wed 25 Nov, 10:00 (Madrid)")
    page.locator(".savebar .btn-solid").click()
    expect(page.locator(".toast")).to_be_visible()
    page.goto(f"{live_server.url}{SETTINGS}messages/rule/new/?kind=reminder")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#id_hours").fill("2")
        page.locator("#id_hours").press("Tab")
    expect(page.locator("#example")).to_contain_text("Thu 26 Nov, 08:00 (Madrid)")
    look("rule")
    page.locator(".savebar .btn-solid").click()
    page.wait_for_url(f"**{SETTINGS}messages/")
    with business_scope(house.pk):
        kept = MessageRule.objects.filter(rule="reminder").order_by("timing")
        assert [(one.timing, one.is_on) for one in kept] == [
            ("before:120", True),
            ("before:1440", False),
        ]

    # words: seen as they are typed
    page.goto(f"{live_server.url}{SETTINGS}messages/words/reminder/es/email/")
    page.locator("#id_body").fill("Hola {name}\n\nTrae una toalla.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#id_body").press("Tab")
    expect(page.locator("#preview")).to_contain_text("Trae una toalla.")
    look("words-email")
    page.locator(".savebar .btn-solid").click()
    expect(page.locator(".toast")).to_be_visible()
    page.goto(f"{live_server.url}{SETTINGS}messages/words/reminder/es/sms/")
    expect(page.locator("#preview")).to_contain_text("part")
    look("words-sms")
    page.goto(f"{live_server.url}{SETTINGS}messages/words/reminder/es/push/")
    look("words-push")
    page.goto(f"{live_server.url}{SETTINGS}messages/quiet/")
    look("quiet")
    with business_scope(house.pk):
        assert MessageTemplate.objects.get().body == "Hola {name}\n\nTrae una toalla."
        assert TextGateway.objects.get().sender == "+34600000000"
