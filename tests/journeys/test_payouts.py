"""Cause 2 of the first article: a regular client shown as new, explained, corrected by the owner, and paid as corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.cast import Person
from tests.factories import NOW, SYSTEM
from tests.kit import browser as kit
from tests.kit.signed_in import put_session
from tests.payouts.books import MONDAY, SUNDAY, TUESDAY, agree, attend, settle
from tests.payouts.hearing import hear

from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Channel
from clientela.business.models import Business, Professional
from clientela.people.models import Client
from clientela.rules.attribution import MarkerPolicy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.req("S0.5", "S0.6", "S0.9", "S0.11")
def test_a_specialist_asks_why_a_client_is_new_and_is_paid_as_the_owner_corrects(
    business: Business,
    professional: Professional,
    professional_member: Person,
    owner: Person,
    client_card: Client,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    calm: Callable[..., None],
) -> None:
    service = factories.make_service(business, professionals=(professional,), price_minor=6000)
    agree(business)
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=SYSTEM, now=NOW)
    attend(service, MONDAY, client_card, channel=Channel.STAFF)
    visit = attend(service, TUESDAY, client_card)
    settle(professional)
    desk = f"{live_server.url}/desk/{business.slug}/"
    with time_machine.travel(SUNDAY, tick=True):
        irene = open_page(locale="es")
        put_session(irene.context, professional_member.account, url=live_server.url)
        irene.goto(f"{desk}?day=2026-11-24")
        calm(irene, "calendar")
        irene.goto(f"{desk}appointments/{visit.pk}/")
        irene.get_by_role("link", name="Nuevo").click()
        expect(irene.get_by_role("heading", level=2).first).to_contain_text("por otro canal")
        calm(irene, "marker")
        irene.get_by_label("Lo que sabes al respecto").fill("Nos escribimos antes")
        irene.get_by_role("button", name="Pedir una corrección").click()
        expect(irene.get_by_text("A la espera del soporte o del propietario")).to_be_visible()
        calm(irene, "marker-asked")

        olga = open_page(viewport=kit.DESKTOP)
        put_session(olga.context, owner.account, url=live_server.url)
        olga.goto(f"{desk}reports/")
        calm(olga, "reports")
        olga.get_by_role("link", name="Payouts").click()
        expect(olga).to_have_url(f"{desk}payouts/")
        calm(olga, "payouts")
        olga.get_by_role("link", name="Ana Prueba").click()
        expect(olga.get_by_role("button", name="Correct the marker")).to_be_visible()
        calm(olga, "marker-owner")
        olga.get_by_role("button", name="Correct the marker").click()
        expect(olga.get_by_text("Returning", exact=True).first).to_be_visible()
        hear(SUNDAY)
        olga.goto(f"{desk}payouts/{professional.pk}/")
        expect(olga.get_by_text("€15.00").first).to_be_visible()
        calm(olga, "open")
        _looks_at_both_sizes(olga, desk, calm)
        _reads_own_statement(irene, f"{desk}payouts/", calm)
    with time_machine.travel(SUNDAY.replace(month=12, day=7), tick=True):
        olga.set_viewport_size(kit.DESKTOP)
        olga.goto(f"{desk}payouts/{professional.pk}/?until={date(2026, 12, 5)}")
        olga.get_by_role("button", name="Close the statement").click()
        expect(olga.get_by_text("it does not change any more")).to_be_visible()
        calm(olga, "closed")


def _looks_at_both_sizes(olga: Page, desk: str, calm: Callable[..., None]) -> None:
    olga.goto(f"{desk}settings/payouts/")
    calm(olga, "settings")
    olga.set_viewport_size({"width": 390, "height": 844})
    calm(olga, "settings")
    olga.goto(f"{desk}payouts/")
    calm(olga, "payouts")


def _reads_own_statement(irene: Page, payouts: str, calm: Callable[..., None]) -> None:
    irene.goto(payouts)
    calm(irene, "open")
    irene.locator("a.choice").click()
    expect(irene.get_by_text("€ más")).to_be_visible()
    irene.get_by_role("link", name="Como se sabe ahora").click()
    expect(irene.get_by_text("39,00").first).to_be_visible()
    calm(irene, "statement")
