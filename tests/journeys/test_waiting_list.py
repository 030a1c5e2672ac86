"""The waiting list from end to end: no time suits, one is given up, the message comes, the time is booked."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from email import policy

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.booking.waiting import TEN, cancelled, only_open_at_ten, waits
from tests.cast import Person
from tests.factories import book, make_guest
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.business.models import Professional
from clientela.catalogue.models import Service
from clientela.notify.models import SimulatedMail
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import run_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]


def work() -> None:
    """Let the worker do all that is due."""
    for _ in range(4):
        run_once(clock.now())


def link_in_mail(to: str) -> str:
    """Where the button of the newest mail to somebody leads."""
    mail = SimulatedMail.objects.filter(address=to).latest("received_at")
    parsed = email.message_from_bytes(bytes(mail.source), policy=policy.default)
    text = parsed.get_body(("plain",)).get_content()
    found = re.search(r"https?://[^/\s]+(/fisio-retiro/\?service=\S+)", text)
    assert found
    return found[1]


def test_who_finds_no_time_is_told_when_one_is_given_up(
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    desk: Person,
    service: Service,
    professional: Professional,
) -> None:
    with business_scope(service.business_id):
        only_open_at_ten(professional)
        booked = book(service, TEN, client=make_guest("Otto", "otto@example.com")).appointment
    page = open_page(viewport=kit.PHONE, locale="es")
    page.goto(f"{live_server.url}/fisio-retiro/?day=2026-11-24")
    calm(page, "waiting-none-free")
    page.get_by_role("link", name="Avísame si queda una hora libre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Avísame si queda una hora libre")
    calm(page, "waiting-join")
    page.get_by_role("button", name="Apuntarme a la lista").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    calm(page, "waiting-join-refused")
    page.get_by_label("Nombre y apellidos").fill("Luz Prueba")
    page.get_by_label("Correo").fill("luz@example.com")
    page.get_by_text("Por la mañana").click()
    page.get_by_role("button", name="Apuntarme a la lista").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Estás en la lista")
    calm(page, "waiting-joined")

    put_session(page.context, desk.account, url=live_server.url)
    page.goto(f"{live_server.url}/desk/fisio-retiro/waiting/")
    expect(page.get_by_text("Luz Prueba", exact=True)).to_be_visible()
    calm(page, "waiting-desk")
    page.context.clear_cookies()

    with business_scope(service.business_id):
        cancelled(booked, now=clock.now())
        waits(service, make_guest("Nora", "nora@example.com"), now=clock.now())
    work()
    page.goto(live_server.url + link_in_mail("luz@example.com"))
    calm(page, "waiting-offer")
    expect(page.get_by_text("martes 24 de noviembre").first).to_be_visible()
