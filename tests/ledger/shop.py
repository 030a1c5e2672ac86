"""Rows of the ledger for tests: a package, its sale, and what is done with its credits, each in a transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from tests.factories import NOW, STAFF

from clientela.business.models import Business
from clientela.catalogue.models import Package, PackageService, Service
from clientela.ledger.actions.close_sale import close_sale
from clientela.ledger.actions.record_payment import record_payment
from clientela.ledger.actions.record_refund import record_refund
from clientela.ledger.actions.record_sale import record_sale
from clientela.ledger.actions.redeem_credit import redeem_credit
from clientela.ledger.actions.return_price import return_price
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import (
    AccountKind,
    Grant,
    LedgerAccount,
    Method,
    Payment,
    Redemption,
    Sale,
    SaleKind,
)
from clientela.people.models import Client
from clientela.rules.tax import Parts

TODAY = date(2026, 11, 23)


def cause(number: int = 1) -> str:
    """The name of an appointment."""
    return f"appointment:{UUID(int=number)}"


def make_package(business: Business, *services: Service, **fields: Any) -> Package:
    """A package of five for 300.00 with 21 % tax in it, valid six months."""
    values = {
        "name": "Five",
        "credits": 5,
        "price_minor": 30000,
        "tax_basis_points": 2100,
        "valid_count": 6,
    }
    package = Package.objects.create(business=business, **{**values, **fields})
    for service in services:
        PackageService.objects.create(business=business, package=package, service=service)
    return package


def sell(client: Client, package: Package | None, **fields: Any) -> Sale:
    """Sell a package today, applied today, paid later."""
    values: dict[str, Any] = {
        "kind": SaleKind.PACKAGE,
        "currency": "EUR",
        "sold_on": TODAY,
        "applies_on": TODAY,
        "valid_until": None,
        "door": "desk",
        "by": STAFF,
        "now": NOW,
    }
    if package is not None:
        values |= {
            "name": package.name,
            "credits": package.credits,
            "services": [one.service_id for one in package.covers.all()],
            "price_minor": package.price_minor,
            "tax_basis_points": package.tax_basis_points,
        }
    with transaction.atomic():
        lock_credits(client.pk)
        return record_sale(client=client, package=package, **{**values, **fields})


def redeem(
    sale: Sale, number: int = 1, *, for_: str = "", on: date = TODAY, now: datetime = NOW
) -> Redemption:
    """Use a credit of a sale."""
    with transaction.atomic():
        lock_credits(sale.client_id)
        return redeem_credit(
            grant_id=Grant.objects.get(sale=sale).pk,
            number=number,
            cause=for_ or cause(number),
            on=on,
            now=now,
        )


def pay(sale: Sale | None, amount_minor: int, **fields: Any) -> Payment:
    """Take cash."""
    values: dict[str, Any] = {
        "method": Method.CASH,
        "currency": "EUR",
        "paid_on": TODAY,
        "by": STAFF,
        "now": NOW,
    }
    if sale is not None:
        values["business_id"] = sale.business_id
    with transaction.atomic():
        return record_payment(sale=sale, amount_minor=amount_minor, **{**values, **fields})


def refund(payment: Payment, amount_minor: int, **fields: Any) -> Payment:
    """Give money back."""
    values: dict[str, Any] = {"paid_on": TODAY, "by": STAFF, "now": NOW}
    with transaction.atomic():
        return record_refund(payment=payment, amount_minor=amount_minor, **{**values, **fields})


def take_off(sale: Sale, amount_minor: int, *, now: datetime = NOW) -> Parts:
    """Take back a part of the price."""
    with transaction.atomic():
        return return_price(sale=sale, amount_minor=amount_minor, now=now)


def close(sale: Sale, *, now: datetime = NOW) -> list[str]:
    """Void a sale."""
    with transaction.atomic():
        lock_credits(sale.client_id)
        return close_sale(sale=sale, because="Typed twice", by=STAFF, now=now)


def accounts_of(redemption: Redemption) -> dict[str, LedgerAccount]:
    """The accounts that its first step went between."""
    key = str(redemption.grant_id)
    kinds = {"from_account": AccountKind.OPEN, "to_account": AccountKind.USED}
    return {side: LedgerAccount.objects.get(kind=kind, key=key) for side, kind in kinds.items()}
