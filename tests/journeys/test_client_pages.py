"""A client looks after everything alone: on a phone and a desktop, with and without scripts, in three languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.factories import at
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.booking.actions.book import book_appointment
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]


@pytest.fixture
def ana(db: None) -> Account:
    """Ana, who has proved her mailbox."""
    account = factories.make_account("ana@example.com", "Ana Prueba")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@pytest.fixture
def card(business: Business, ana: Account) -> Client:
    """Her card, which waits for her first visit."""
    with business_scope(business.pk):
        made = factories.make_client(business, "Ana P. Prueba", ana.email)
        made.account = ana
        made.save()
    return made


def booked(service: Service, card: Client, when: str) -> Appointment:
    """Book for her own card, two days before."""
    assert card.account_id is not None
    with business_scope(card.business_id):
        return book_appointment(
            business=service.business,
            service=service,
            starts_at=at(when),
            client=None,
            account=card.account,
            by=Actor.client(card.account_id),
            channel=Channel.WEB,
            door="client-pages",
            now=at(when) - timedelta(days=2),
        ).appointment


@pytest.fixture
def visit(service: Service, card: Client) -> Appointment:
    """Thursday at ten, with Irene; and the same last week."""
    booked(service, card, "2026-11-19 10:00")
    return booked(service, card, "2026-11-26 10:00")


def seen(business: Business, appointment: Appointment) -> Appointment:
    with business_scope(business.pk):
        return Appointment.objects.get(pk=appointment.pk)


@pytest.mark.req("S2.10", "S3.22", "S3.23")
def test_on_a_phone_in_spanish_from_the_first_visit_to_a_cancelled_one(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    ana: Account,
    card: Client,
    visit: Appointment,
) -> None:
    page = open_page(viewport=kit.PHONE, locale="es-ES", timezone_id="Europe/Madrid")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Una pregunta antes de empezar")
    assert_accessible(page)
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_label("Correo electrónico", exact=False).first.check()
    page.get_by_role("button", name="Guardar y seguir").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Ana")
    expect(page.get_by_text("Tu próxima cita es dentro de 3 días.")).to_be_visible()
    expect(page.locator("article.slip").first).to_contain_text("10:00")
    assert_accessible(page)
    page.get_by_role("button", name="Sí, voy").click()
    expect(page.get_by_role("status")).to_be_visible()

    page.get_by_role("link", name="Citas").last.click()
    expect(page).to_have_url(f"{live_server.url}/client/")
    page.get_by_role("link", name="Mover o cancelar").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("link", name="Elegir otra hora").click()
    page.locator("a.slot", has_text="12:00").click()
    expect(page.locator("#dock")).to_contain_text("12:00")
    page.locator("button[form=move]:visible, #move button:visible").first.click()
    expect(page.locator(".slip-time").first).to_contain_text("12:00")
    assert_accessible(page)

    page.get_by_role("link", name="Cancelar la cita").click()
    expect(page.get_by_role("button", name="Cancelar la cita")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Cancelar la cita").click()
    expect(page.locator(".slip-void")).to_be_visible()
    after = seen(card.business, visit)
    assert (after.status, after.starts_at) == (Status.CANCELLED, at("2026-11-26 12:00"))


@pytest.mark.req("S2.1", "S2.10", "S2.20")
def test_on_a_desktop_in_italian_without_scripts_once_more_in_two_presses(
    live_server: LiveServer, open_page: Open, ana: Account, card: Client, visit: Appointment
) -> None:
    Client._base_manager.filter(pk=card.pk).update(activated_at=factories.NOW)
    page = open_page(viewport=kit.DESKTOP, locale="it-IT", java_script_enabled=False)
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/")
    page.get_by_role("link", name="Sposta o disdici").first.click()
    expect(page.get_by_role("heading", name="Cambia questo appuntamento")).to_be_visible()
    page.get_by_role("link", name="Lascialo com’è").click()
    page.get_by_role("link", name="Prenota di nuovo").click()
    page.get_by_role("button", name="Prenota questo orario").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fisioterapia con Irene")
    with business_scope(card.business_id):
        made = Appointment.objects.get(starts_at=at("2026-12-03 10:00"))  # a week later
    assert made.client_id == card.pk

    page.get_by_role("link", name="Tutti gli appuntamenti").click()
    page.get_by_role("link", name="Elimina").first.click()
    page.get_by_role("button", name="Elimina dal mio elenco").click()
    expect(page.get_by_text("Non è più nel tuo elenco.")).to_be_visible()
    expect(page.get_by_role("heading", name="Passati")).to_have_count(0)


@pytest.mark.req("S2.10", "S2.14", "S2.17", "S3.20", "S3.21")
def test_on_a_phone_in_english_the_own_data(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    ana: Account,
    card: Client,
    visit: Appointment,
) -> None:
    Client._base_manager.filter(pk=card.pk).update(activated_at=factories.NOW)
    page = open_page(viewport=kit.PHONE)
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/")
    page.locator(".account-menu > summary").click()
    page.locator(".account-menu").get_by_role("link", name="My profile").click()
    expect(page.get_by_label("Mobile phone")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Mobile phone").fill("+34 612 34 56 78")
    page.get_by_label("Birthday").fill("1980-02-29")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("Fisio Retiro")
    with business_scope(card.business_id):
        known = Client.objects.get(pk=card.pk)
        assert known.identifiers.filter(value="+34612345678").exists()
    assert str(known.birthday) == "1980-02-29"

    page.get_by_role("link", name="Messages").last.click()
    expect(page.get_by_role("button", name="Keep for Fisio Retiro")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Nothing", exact=False).check()
    page.get_by_role("button", name="Keep for Fisio Retiro").click()
    expect(page.get_by_role("status")).to_contain_text("Kept for Fisio Retiro.")
    assert Client._base_manager.get(pk=card.pk).notify_by == NotifyBy.NONE

    page.goto(f"{live_server.url}/client/calendar")
    page.get_by_role("button", name="Make my address").click()
    expect(page.locator("#feed")).to_have_value(f"{address_of(page)}")
    assert_accessible(page)
    page.goto(f"{live_server.url}/client/addresses")
    assert_accessible(page)


def address_of(page: Page) -> str:
    """The feed's address as the link for this device has it."""
    webcal = page.locator('a[href^="webcal:"]').get_attribute("href") or ""
    return "http:" + webcal.removeprefix("webcal:")
