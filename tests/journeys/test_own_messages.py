"""Ana chooses her messages on the phone: texts, hours of her own, notices on this device; and a notice appears."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import NOW
from tests.kit.rest import until
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.models import (
    GatewayName,
    PushDevice,
    SenderKind,
    SimulatedText,
    TextGateway,
)
from clientela.notify.push_address import simulated_address
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.models import Client as Card
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
NUMBER, SENDER = "+34612345678", "+34600000001"
# A browser without a way to a push service: it answers as one that has.
SUBSCRIBES = """
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async (asked) => {
    const key = new Uint8Array(asked.applicationServerKey);
    if (!asked.userVisibleOnly || key.length !== 65 || key[0] !== 4) throw new Error("not a key");
    return { toJSON: () => ({ endpoint: SAID.endpoint, keys: SAID }) };
  };
"""


@pytest.fixture
def ana(business: Business) -> Account:
    """Ana, with a card and a mobile number at a business that sends texts."""
    account = proved_account("ana@example.com", "Ana Prueba")
    make_push_keys(now=NOW)
    with business_scope(business.pk):
        card = own_card(factories.make_client(business, account.name, account.email), account)
        add_identifier(client=card, phone=NUMBER, by=Actor.system("tests"), now=NOW)
        TextGateway.objects.create(
            business=business,
            gateway=GatewayName.SIMULATOR,
            sender=SENDER,
            sender_kind=SenderKind.LONG_NUMBER,
            currency="EUR",
            countries=["ES"],
            created_at=NOW,
        )
    return account


def deliver(page: Page, said: Any) -> None:
    """Let the browser's own machinery hand a push to the service worker."""
    session = page.context.new_cdp_session(page)
    ids: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda news: ids.extend(one["registrationId"] for one in news["registrations"]),
    )
    session.send("ServiceWorker.enable")
    until(page, lambda: bool(ids))
    origin = page.evaluate("location.origin")
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": ids[-1], "data": json.dumps(said)},
    )


def shown(page: Page) -> list[Any]:
    """The notices on the screen: title, words, tag, and where each leads."""
    found = page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map((one) => [one.title, one.body, one.tag, one.data.link])"""
    )
    return list(found)


@pytest.mark.req("S4.25")
def test_she_chooses_texts_hours_and_notices_and_one_appears(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    ana: Account,
    business: Business,
    calm: Callable[..., None],
    settings: Any,
) -> None:
    settings.PUSH_CHANNEL = "web"
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    says = asdict(simulated_address()) | {"endpoint": "https://fcm.googleapis.com/fcm/send/x"}
    page.add_init_script(SUBSCRIBES.replace("SAID", json.dumps(says)))

    page.goto(f"{live_server.url}/client/messages")
    page.get_by_text("Email and text message").click()
    page.get_by_text("Quiet hours").click()
    page.get_by_text("At hours of my own").click()
    page.get_by_role("textbox", name="From").fill("22:30")
    page.get_by_role("textbox", name="Until").fill("07:00")
    calm(page, "own-messages")
    page.get_by_role("button", name="Keep for Fisio Retiro").click()
    expect(page.get_by_text("Kept for Fisio Retiro.")).to_be_visible()
    with business_scope(business.pk):
        card = Card.objects.get(account=ana)
    assert (card.notify_by, card.quiet_from_minute, card.quiet_until_minute) == (
        "email_and_sms",
        1350,
        420,
    )

    page.get_by_role("button", name="Notices on this device").click()
    expect(page.get_by_text("This device shows notices from now on.")).to_be_visible()
    expect(page.locator("#devices").get_by_text("This one")).to_be_visible()
    assert PushDevice.objects.get().account == ana
    calm(page)

    link = f"{live_server.url}/client/"
    said = {"title": "Tomorrow", "body": "10:00 (Madrid)", "tag": "t", "link": link, "lang": "en"}
    deliver(page, said)
    until(page, lambda: shown(page) == [["Tomorrow", "10:00 (Madrid)", "t", link]])
    deliver(page, {**said, "title": "Tomorrow, again", "link": "https://evil.example/"})
    until(page, lambda: shown(page) == [["Tomorrow, again", "10:00 (Madrid)", "t", link]])


def test_the_simulators_pages_are_readable_by_everybody(
    live_server: LiveServer, open_page: Callable[..., Page], ana: Account, calm: Callable[..., None]
) -> None:
    SimulatedText.objects.create(number=NUMBER, sender=SENDER, body="Mañana 17:30", at=NOW)
    for viewport in ({"width": 390, "height": 844}, {"width": 1280, "height": 900}):
        page = open_page(viewport=viewport, locale="es-ES")
        page.goto(f"{live_server.url}/simulator/texts/")
        page.get_by_role("link", name="+34 612 34 56 78").click()
        page.get_by_role("textbox").fill("Llego tarde")
        page.get_by_role("button", name="Enviar").click()
        expect(page.locator(".bubble-own").get_by_text("Llego tarde").last).to_be_visible()
        calm(page, "simulated-telephone")
        for other in ("pushes", "faults"):
            page.goto(f"{live_server.url}/simulator/{other}/")
            calm(page, f"simulator-{other}")
