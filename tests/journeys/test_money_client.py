"""A client pays: what waits, a package with the booking, a guest's deposit, a session lost; with and without scripts."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.journeys.test_client_pages import booked
from tests.kit import browser as kit
from tests.kit.signed_in import put_session
from tests.web.balance.conftest import take_online
from tests.web.client.conftest import card_of, with_address

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]


@pytest.fixture
def ana(db: None) -> Account:
    """Ana, who has proved her mailbox."""
    return with_address(factories.make_account("ana@example.com", "Ana Prueba"))


@pytest.fixture
def card(business: Business, ana: Account) -> Client:
    """Her card."""
    take_online(business)
    return card_of(business, ana, name="Ana P. Prueba")


@pytest.fixture
def physio(service: Service) -> Service:
    """Physiotherapy for 65 euros, which needs a session."""
    service.price_minor = 6500
    service.needs_credits = True
    service.pays_online = PaysOnline.MAY
    service.save()
    return service


@pytest.fixture
def bono(physio: Service) -> Package:
    """Five of them for 300 euros, valid six months."""
    return factories.make_package(
        physio, name="Bono de 5 sesiones", price_minor=30_000, valid_count=6, valid_unit="month"
    )


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody looks at them; a page without scripts cannot be asked by axe."""
    if folder := os.environ.get("CLIENTELA_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.req("S2.1", "S2.15", "S1.16")
def test_on_a_phone_in_spanish_what_waits_is_paid_with_a_package_after_seeing_what_it_does(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    ana: Account,
    card: Client,
    physio: Service,
    bono: Package,
) -> None:
    booked(physio, card, "2026-11-26 10:00")
    booked(physio, card, "2026-11-27 10:00")
    page = open_page(viewport=kit.PHONE, locale="es-ES", timezone_id="Europe/Madrid")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/")
    expect(page.get_by_text("Pendiente de pago").first).to_be_visible()
    calm(page, "home-es")
    page.get_by_role("link", name="Pagar 65 €").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pagar la cita del jueves")
    calm(page, "pay-es")
    page.get_by_role("link", name="Bono de 5 sesiones").click()
    expect(page.get_by_text("jue 26 nov, 10:00 (Madrid)")).to_be_visible()
    expect(page.get_by_text("vie 27 nov, 10:00 (Madrid)")).to_be_visible()
    expect(page.get_by_text("Quedan 3 sesiones, hasta el dom 23 may 2027")).to_be_visible()
    calm(page, "buy-es")
    page.get_by_role("button", name="Pagar 300 €").click()
    page.get_by_role("button", name="Pagar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu hora está reservada")
    calm(page, "paid-es")
    page.get_by_role("link", name="Ver tu cita").click()
    expect(page.get_by_text("Pagada con")).to_be_visible()
    calm(page, "appointment-es")
    page.goto(f"{live_server.url}/client/balance")
    expect(page.get_by_text("Todo está pagado.")).to_be_visible()
    expect(page.get_by_text("2 para lo que tienes reservado, 3 libres")).to_be_visible()
    calm(page, "balance-es")


def test_on_a_desktop_in_italian_a_package_is_bought_with_the_booking(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    ana: Account,
    card: Client,
    bono: Package,
) -> None:
    page = open_page(viewport=kit.DESKTOP, locale="it-IT", timezone_id="Europe/Madrid")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/fisio-retiro/?start=20261126T0900Z")
    expect(page.get_by_text("Non hai più sedute per questo.")).to_be_visible()
    calm(page, "booking-it")
    page.get_by_label("Bono de 5 sesiones").check()
    page.locator("#summary").get_by_role("button", name="Prenota").click()
    page.get_by_role("button", name="Paga", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Il tuo orario è prenotato")
    calm(page, "paid-it")
    page.goto(f"{live_server.url}/client/balance")
    expect(page.get_by_text("1 per ciò che hai prenotato, 4 libere")).to_be_visible()
    calm(page, "balance-it")
    page.get_by_role("link", name="Bono de 5 sesiones").first.click()
    expect(page.get_by_text("Pagata", exact=True)).to_be_visible()
    calm(page, "sale-it")
    page.get_by_role("link", name="Ricevuta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ricevuta")
    calm(page, "receipt-it")


def test_a_guest_without_scripts_pays_a_deposit_and_agrees_to_a_kept_card(
    live_server: LiveServer,
    open_page: Open,
    business: Business,
    service: Service,
) -> None:
    take_online(business)
    with business_scope(business.pk):
        service.price_minor, service.deposit_minor = 6500, 2000
        service.pays_online, service.no_show_fee_minor = PaysOnline.DEPOSIT, 3000
        service.save()
    page = open_page(viewport=kit.PHONE, locale="en-GB", java_script_enabled=False)
    page.goto(f"{live_server.url}/fisio-retiro/?start=20261126T0900Z")
    page.get_by_label("Name and surname").fill("Luz Prueba")
    page.get_by_label("Email").fill("luz@example.com")
    expect(page.get_by_label("Pay a deposit now")).to_be_checked()
    picture(page, "booking-en")
    page.get_by_role("button", name="Book and pay").last.click()
    expect(
        page.get_by_text("Tick the box: without it the card cannot be kept.").first
    ).to_be_visible()
    picture(page, "booking-consent-en")
    page.get_by_label("My card may be kept").check()
    page.get_by_role("button", name="Book and pay").last.click()
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your time is booked")
    page.get_by_role("link", name="See your appointment").click()
    expect(page.get_by_text("Partly paid")).to_be_visible()
    expect(page.get_by_role("link", name="Pay €45")).to_be_visible()
    picture(page, "guest-appointment-en")


def test_cancelling_late_says_first_that_the_session_is_lost(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    ana: Account,
    card: Client,
    physio: Service,
    bono: Package,
) -> None:
    with business_scope(card.business_id):
        factories.sell(card, bono)
        physio.cancel_free_minutes, physio.cancel_closes_minutes = 7 * 24 * 60, 60
        physio.save()
    visit = booked(physio, card, "2026-11-25 10:00")
    page = open_page(viewport=kit.PHONE, locale="es-ES", timezone_id="Europe/Madrid")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/appointments/{visit.pk}/")
    calm(page, "appointment-redeemed-es")
    page.get_by_role("link", name="Cancelar la cita").click()
    expect(page.get_by_text("Si cancelas ahora, pierdes la sesión")).to_be_visible()
    calm(page, "cancel-late-es")
    page.get_by_role("button", name="Cancelar la cita").click()
    expect(page.locator(".slip-void")).to_be_visible()
    page.goto(f"{live_server.url}/client/balance")
    expect(page.get_by_text("Perdida, por cancelar tarde", exact=False)).to_be_visible()
    with business_scope(card.business_id):
        assert Appointment.objects.get(pk=visit.pk).redemption == "forfeited"
        assert Sale.objects.get().state == "pending_payment"
    calm(page, "balance-lost-es")
