"""Why did it not arrive? Asked at the desk and by the client, on both sizes, in three languages, and mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import NOW, STAFF, SYSTEM, at, book, make_account
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.booking.links import manage_path
from clientela.booking.models import Appointment, Channel
from clientela.catalogue.models import Service
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.models import AddressState, GatewayName, SenderKind, TextGateway, Trouble
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, Identifier, NotifyBy
from clientela.platform import clock
from clientela.platform.jobs import WorkerHeartbeat
from clientela.platform.tenancy import system_scope
from clientela.platform.worker import run_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
NUMBER = "+34600000012"


@pytest.fixture
def ana(client_card: Client) -> Account:
    """Ana with an account on her card: activated, proved, email and text; her number sent STOP."""
    account = make_account("ana@example.com", "Ana Prueba")
    business = client_card.business
    add_identifier(client=client_card, phone=NUMBER, by=SYSTEM, now=NOW)
    Client.objects.filter(pk=client_card.pk).update(account=account, activated_at=NOW)
    Identifier.objects.filter(client=client_card).update(verified_at=NOW)
    client_card.refresh_from_db()
    set_preferences(
        client=client_card,
        notify_by=NotifyBy.EMAIL_AND_SMS,
        how=How.ACTIVATION,
        by=SYSTEM,
        now=NOW,
    )
    TextGateway.objects.create(
        business=business,
        gateway=GatewayName.SIMULATOR,
        sender="+34910000000",
        sender_kind=SenderKind.TOLL_FREE,
        currency="EUR",
        countries=["ES"],
        created_at=NOW,
    )
    change_address_state(
        business_id=business.pk,
        channel="sms",
        address=NUMBER,
        trouble=Trouble.STOPPED,
        because="keyword",
        now=NOW,
    )
    return account


@pytest.fixture
def visit(ana: Account, client_card: Client, service: Service) -> Appointment:
    """Booked by the desk for the day after tomorrow; the worker has planned and sent what is due."""
    made = book(
        service,
        at("2026-11-25 10:00"),
        client=client_card,
        channel=Channel.STAFF,
        door="desk",
        by=STAFF,
    ).appointment
    Appointment.objects.filter(pk=made.pk).update(phone_used=NUMBER, device_zone="Europe/Madrid")
    work()
    return made


def work() -> None:
    """Let the worker do what is due."""
    with system_scope("a worker's turn"):
        now = clock.now()
        WorkerHeartbeat.objects.update_or_create(
            process="here", defaults={"started_at": now, "beat_at": now}
        )
        run_once(now)


@pytest.mark.req("S4.2")
@pytest.mark.req("S4.12")
def test_staff_find_out_why_no_text_came_and_mail_the_way_back(
    open_page: Open, calm: Calm, live_server: LiveServer, desk: Person, visit: Appointment
) -> None:
    page = open_page(viewport=kit.DESKTOP, locale="es")
    put_session(page.context, desk.account, url=live_server.url)
    page.goto(f"{live_server.url}/desk/fisio-retiro/appointments/{visit.pk}/")
    page.get_by_role("link", name="Diagnosticar").click()
    expect(page.locator("#answer h2")).to_have_text("Este número paró los SMS con STOP")
    calm(page, "diagnosis-desk")
    page.get_by_role("button", name="Enviarle el enlace START por correo").click()
    expect(page.get_by_role("status")).to_contain_text("ana@example.com")
    page.set_viewport_size(kit.PHONE)
    page.get_by_role("link", name="SMS", exact=True).click()
    expect(page.locator("[data-check=email-address]")).to_have_count(0)
    folds = page.locator(".fold")
    for fold in folds.all():
        fold.locator("summary").click()
        expect(fold).to_have_attribute("open", "")
    calm(page, "diagnosis-desk-text")


@pytest.mark.req("S4.28")
def test_ana_is_answered_and_turns_her_messages_on_again(
    open_page: Open, calm: Calm, live_server: LiveServer, ana: Account, visit: Appointment
) -> None:
    page = open_page(viewport=kit.PHONE, locale="it")
    page.goto(f"{live_server.url}{manage_path(visit)}")
    page.get_by_role("link", name="Non ti è arrivato qualcosa?").click()
    expect(page.locator("#answer a[href^='sms:']")).to_have_count(1)
    expect(page.locator("#answer p").last).to_contain_text("…12. Rispondi START")
    calm(page, "diagnosis-guest")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/appointments/{visit.pk}")
    page.get_by_role("link", name="Non ti è arrivato qualcosa?").click()
    expect(page.locator("#answer a[href^='sms:']")).to_have_count(1)
    calm(page, "diagnosis-client")
    set_preferences(
        client=visit.client, notify_by=NotifyBy.NONE, how=How.STAFF, by=SYSTEM, now=clock.now()
    )
    AddressState.objects.update(trouble="")
    page.set_viewport_size(kit.DESKTOP)
    page.goto(f"{live_server.url}/client/messages/why")
    expect(page.locator("#answer h2")).to_have_text("Hai spento i messaggi")
    calm(page, "diagnosis-client-off")
    page.get_by_role("button", name="Scrivimi via e-mail").click()
    expect(page.locator(".why-good")).to_be_visible()
