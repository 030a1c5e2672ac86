"""A regular who came by another door: proposed with the reasons, judged, taken back; and recognised while typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at, book
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.compare_due import compare_due
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client, PairDecision, Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
DESK = "/desk/fisio-retiro/"
PHONE = "+34 612 345 678"


def register(business: Business, name: str, email: str, phone: str, born: date | None) -> Client:
    return register_client(
        business=business,
        name=name,
        emails=[email],
        phones=[phone],
        birthday=born,
        by=SYSTEM,
        now=NOW,
    )


@pytest.fixture
def twice(business: Business, service: Service) -> Client:
    """Francisco, with an appointment; Paco, who is he; and Marta, who shares his telephone."""
    first = register(
        business, "Francisco Zubizarreta Llamas", "fzubi@example.com", PHONE, date(1985, 3, 12)
    )
    book(service, at("2026-11-24 10:00"), client=first)
    register(business, "Paco Zubizarreta", "paco.z@work.example", PHONE, date(1985, 3, 12))
    register(business, "Marta Oyarzabal", "marta@example.com", PHONE, date(1987, 6, 1))
    compare_due(now=NOW)
    return first


def test_a_second_card_is_proposed_with_reasons_and_a_word_about_it_can_be_taken_back(
    open_page: Open, calm: Calm, live_server: LiveServer, desk: Person, twice: Client
) -> None:
    page = open_page(viewport=kit.DESKTOP)
    put_session(page.context, desk.account, url=live_server.url)
    page.goto(f"{live_server.url}{DESK}clients/")
    page.get_by_role("link", name="Duplicates").click()
    expect(page.get_by_text("one person (")).to_be_visible()
    calm(page, "duplicates")
    page.get_by_role("link", name="Paco Zubizarreta").click()
    expect(page.get_by_text("are forms of one name")).to_be_visible()
    calm(page, "duplicates-pair")
    page.get_by_role("button", name="Different people").click()
    expect(page.get_by_text("not proposed again")).to_be_visible()
    assert PairDecision.objects.get().verdict == "different"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="One person?")).to_be_visible()
    page.goto(f"{live_server.url}{DESK}clients/duplicates/?kind=household")
    expect(page.get_by_text("Perhaps a family or a couple").first).to_be_visible()
    calm(page, "duplicates-household")

    page.goto(f"{live_server.url}{DESK}clients/new/")
    page.get_by_label("Name and surname").fill("Paco Zubizarreta")
    page.get_by_label("Phone").fill("+34 612 345 678")
    expect(page.get_by_text("Perhaps there is a card already")).to_be_visible()
    calm(page, "duplicates-hint")
    page.goto(f"{live_server.url}{DESK}clients/{twice.pk}/")
    page.get_by_role("link", name="Paco Zubizarreta").click()
    page.get_by_role("link", name="Keep the first card").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    pair = Suggestion.objects.filter(verdict="same").get()
    for language in ("es", "it"):
        phone = open_page(viewport=kit.PHONE, locale=language)
        put_session(phone.context, desk.account, url=live_server.url)
        for name, address in (
            ("duplicates", "clients/duplicates/"),
            ("duplicates-pair", f"clients/duplicates/{pair.first_id}/{pair.second_id}/"),
            ("duplicates-record", f"clients/{twice.pk}/"),
        ):
            phone.goto(f"{live_server.url}{DESK}{address}")
            calm(phone, f"{name}-{language}")
