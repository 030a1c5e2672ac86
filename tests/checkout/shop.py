"""Things to sell and people to sell to, for the tests of checkout; all by the shipped actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests import factories
from tests.factories import STAFF

from clientela.booking.models import Appointment
from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.actions.add_package import add_package
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.sell import sell
from clientela.checkout.models import ProviderAccount
from clientela.checkout.offer import Offer
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method, Sale
from clientela.people.models import Client

BEFORE = factories.at("2026-06-20 09:00")
"""When the appointments of these tests were booked: a Saturday."""
JULY_2 = date(2026, 7, 2)
JULY_10 = date(2026, 7, 10)
THE_TENTH = factories.at("2026-07-10 12:00")
"""When the client of the article pays."""


def needs_credits(service: Service) -> Service:
    """Let appointments of a service wait for a credit."""
    service.needs_credits = True
    service.save()
    return service


def pack(business: Business, *services: Service, **fields: Any) -> Package:
    """Make a package of five for 200 €, valid six months."""
    given = {"name": "Bono 5", "credits": 5, "price_minor": 20_000, "valid_count": 6, **fields}
    return add_package(business=business, services=services, by=STAFF, now=BEFORE, **given)


def visit(
    client: Client, service: Service, when: str, *, now: datetime = BEFORE, **fields: Any
) -> Appointment:
    """Book a client at a wall time, by staff."""
    fields.setdefault("by", STAFF)
    return factories.book(service, factories.at(when), client=client, now=now, **fields).appointment


def sold(
    client: Client, what: Package | Service, *, now: datetime = THE_TENTH, **fields: Any
) -> Sale:
    """Sell a package, or one session of a service, at the desk."""
    offer = Offer.of_package(what) if isinstance(what, Package) else Offer.of_service(what)
    fields.setdefault("by", STAFF)
    return sell(
        business=client.business, client=client, offer=offer, door="desk", now=now, **fields
    )


def cash(amount_minor: int, **fields: Any) -> Taken:
    """Money in hand."""
    return Taken(method=fields.pop("method", Method.CASH), amount_minor=amount_minor, **fields)


def online(amount_minor: int, reference: str = "pay_1") -> Taken:
    """Money that a provider says has come."""
    return Taken(
        method=Method.ONLINE,
        amount_minor=amount_minor,
        provider="simulator",
        provider_ref=reference,
    )


def provider_account(business: Business) -> ProviderAccount:
    """Connect the simulator, by hand."""
    return ProviderAccount.objects.create(
        business=business, provider="simulator", created_at=BEFORE
    )


def legal(business: Business, **fields: Any) -> SalesPolicy:
    """Say who the business is on paper."""
    given = {
        "legal_name": "Fisio Retiro S.L.",
        "tax_id": "B12345678",
        "legal_address": "Calle Mayor 1\n28013 Madrid",
        "invoice_series": "FR",
        **fields,
    }
    policy, _ = SalesPolicy.objects.update_or_create(business=business, defaults=given)
    return policy


def state(appointment: Appointment) -> str:
    """Read what an appointment's credit does."""
    return Appointment.objects.get(pk=appointment.pk).redemption


def days(count: int) -> timedelta:
    """Return that many days."""
    return timedelta(days=count)
