"""Ana has an account, a card and appointments; the clock stands at a Sunday morning in Madrid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.test import Client
from tests import factories
from tests.factories import at

from clientela.accounts.models import Account
from clientela.booking.actions.book import book_appointment
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

NOW = at("2026-11-22 08:00")


@pytest.fixture(autouse=True)
def sunday_morning() -> Iterator[None]:
    """Sunday 22 November 2026, eight in the morning in Madrid."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ana(db: None) -> Account:
    """Ana, who has proved her mailbox."""
    return with_address(factories.make_account("ana@example.com", "Ana Prueba"))


@pytest.fixture
def other(db: None) -> Account:
    """Otto, a client next door, who must never see anything of Ana's."""
    return with_address(factories.make_account("otto@example.org", "Otto Canary"))


def with_address(account: Account) -> Account:
    """Prove the account's log-in address."""
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@pytest.fixture
def card(business: Business, ana: Account) -> Card:
    """Her card at Fisio Retiro, activated."""
    return card_of(business, ana, name="Ana P. Prueba")


def card_of(business: Business, account: Account, *, name: str = "", active: bool = True) -> Card:
    """Give the account a card that the business spells in its own way."""
    with business_scope(business.pk):
        made = factories.make_client(business, name or account.name, account.email)
        made.account = account
        made.activated_at = factories.NOW if active else None
        made.save()
    return made


@pytest.fixture
def visit(card: Card, service: Service) -> Appointment:
    """Her appointment on Tuesday at ten, with Irene."""
    return booked(service, card, "2026-11-24 10:00")


def booked(service: Service, card: Card, when: str, **fields: Any) -> Appointment:
    """Book for a card as the client herself does, two days before."""
    assert card.account_id is not None
    start = at(when)
    with business_scope(card.business_id):
        return book_appointment(
            business=service.business,
            service=service,
            starts_at=start,
            client=None,
            account=card.account,
            by=Actor.client(card.account_id),
            channel=Channel.WEB,
            door="client-pages",
            now=start - timedelta(days=2),
            **fields,
        ).appointment


@pytest.fixture
def signed_in(ana: Account) -> Client:
    """Ana's browser, which asks for English; she signed in a moment ago."""
    return browser_of(ana)


def browser_of(account: Account) -> Client:
    """A browser in which the account signed in a moment ago."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, account, method="code", reauthenticated=True)
    request.session.save()
    return browser


def address(appointment: Appointment | UUID, page: str = "") -> str:
    """The address of one of the pages of an appointment."""
    key = appointment.pk if isinstance(appointment, Appointment) else appointment
    return f"/client/appointments/{key}/{page}"


@pytest.fixture
def colleague_service(business: Business, colleague: Professional) -> Service:
    """What only Tomás gives."""
    return factories.make_service(business, "Pilates", professionals=(colleague,))
