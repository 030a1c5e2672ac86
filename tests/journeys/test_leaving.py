"""Taking one's data along and leaving, and an owner giving up: on a phone and a desktop, in three languages."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client as Browser
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.accounts.people import proved
from tests.factories import at
from tests.kit import browser as kit

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business, Role
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]


@pytest.fixture
def ana(business: Business, service: Service) -> Account:
    """Ana, with a card and an appointment ahead."""
    account = _by_code("ana@example.com")
    with business_scope(business.pk):
        card = factories.make_client(business, "Ana Prueba", account.email)
        Client.objects.filter(pk=card.pk).update(account=account, activated_at=factories.NOW)
        factories.book(service, at("2026-11-26 10:00"), client=card, by=factories.STAFF)
    return account


@pytest.fixture
def boss(business: Business, ana: Account) -> Account:
    """Who owns the business."""
    account = _by_code("boss@example.com")
    with business_scope(business.pk):
        factories.make_member(business, account, Role.OWNER)
    return account


def _by_code(email: str) -> Account:
    """Somebody who signs in with a mailed code."""
    account = proved(email)
    account.set_unusable_password()
    account.save()
    return account


def sign_in(page: Page, live_server: LiveServer, account: Account) -> None:
    """Give the page the session of somebody who signed in a moment ago."""
    browser = Browser()
    browser.force_login(account)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "code", "at": clock.now().timestamp()}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(account)
    session.save()
    cookie = {"name": "session", "value": session.session_key, "url": live_server.url}
    page.context.add_cookies([cookie])


@pytest.mark.req("L18")
def test_on_a_phone_in_spanish_the_data_come_along_and_the_account_goes(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    business: Business,
    ana: Account,
) -> None:
    page = open_page(locale="es-ES")
    sign_in(page, live_server, ana)
    page.goto(f"{live_server.url}/client/data")
    expect(page.get_by_role("heading", name="Mis datos")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Descargar todo").click()
    assert len(zipfile.ZipFile(downloading.value.path()).namelist()) == 3
    page.get_by_role("link", name="Borrar mi cuenta").click()
    expect(page.get_by_text("1 por venir")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Borrar para siempre").click()
    expect(page.get_by_text("Elige una de las dos opciones.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Mi acceso y mis datos en todos los negocios").check()
    page.get_by_label("Tu dirección de correo, para confirmar").fill("ana@example.com")
    page.get_by_role("button", name="Borrar para siempre").click()
    expect(page.get_by_role("heading", name="Tu cuenta está borrada")).to_be_visible()
    assert_accessible(page)
    assert not Account.objects.filter(pk=ana.pk).exists()
    with business_scope(business.pk):
        assert Appointment.objects.get().status == "cancelled"
    page.goto(f"{live_server.url}/client/data")
    assert "/client/login" in page.url


def test_without_scripts_in_italian_only_the_log_in_goes(
    live_server: LiveServer, open_page: Open, business: Business, ana: Account
) -> None:
    page = open_page(locale="it-IT", java_script_enabled=False)
    sign_in(page, live_server, ana)
    page.goto(f"{live_server.url}/client/erase")
    page.get_by_label("Solo il mio accesso").check()
    page.get_by_label("Il tuo indirizzo email, per conferma").fill("ana@example.com")
    page.get_by_role("button", name="Elimina per sempre").click()
    expect(page.get_by_role("heading", name="Il tuo account è eliminato")).to_be_visible()
    with business_scope(business.pk):
        assert Appointment.objects.get().status == "confirmed"
        assert Client.objects.get().record_name == "Ana Prueba"


@pytest.mark.req("S2.21")
@pytest.mark.parametrize("viewport", [kit.PHONE, kit.DESKTOP], ids=["phone", "desktop"])
def test_an_owner_gives_the_business_up_and_takes_it_up_again(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    business: Business,
    boss: Account,
    viewport: dict[str, int],
) -> None:
    page = open_page(locale="en-GB", viewport=viewport)
    sign_in(page, live_server, boss)
    page.goto(f"{live_server.url}/desk/fisio-retiro/settings/")
    page.get_by_role("link", name="Give up this business").click()
    expect(page.get_by_text("For 30 days you can open it again")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("The name of the business, to confirm").fill("Fisio Retiro")
    page.get_by_role("button", name="Give it up").click()
    expect(page.get_by_text("This business is closed").first).to_be_visible()
    assert_accessible(page)
    business.refresh_from_db()
    assert business.closed_at is not None
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("The business is open again")).to_be_visible()
    business.refresh_from_db()
    assert business.closed_at is None
