"""Write down a sale, and grant what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from clientela.business.models import Professional
from clientela.catalogue.models import Package, Service
from clientela.ledger.actions.check_amount import checked_amount
from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.events import SaleMade
from clientela.ledger.models import AccountKind, Grant, GrantService, Sale, SaleKind
from clientela.ledger.units import MOST_CREDITS, MOST_MINOR, package_credit, service_credit
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.outbox import record
from clientela.rules.sale_state import sale_state
from clientela.rules.tax import Parts, split_tax

_WHOLE = 10_000


def record_sale(  # noqa: PLR0913 -- a sale's columns: the caller has decided each
    *,
    client: Client,
    kind: SaleKind,
    package: Package | None = None,
    service: Service | None = None,
    name: str,
    credits: int,  # noqa: A002 -- the word of the trade
    services: Sequence[UUID],
    price_minor: int,
    tax_basis_points: int,
    currency: str,
    sold_on: date,
    applies_on: date,
    valid_until: date | None,
    professional: Professional | None = None,
    cause: str = "",
    door: str,
    by: Actor,
    now: datetime,
) -> Sale:
    """Write a sale with its grant; the credits count at once, paid or not. The caller holds ``lock_credits``.

    ``price_minor`` contains the tax. A sale for nothing is paid. ``credits`` of ``services`` count from
    ``applies_on`` to ``valid_until``; a fee grants none. Refuses ``AmountRefused``.
    """
    _check_amounts(price_minor, tax_basis_points, credits, services)
    parts = split_tax(price_minor, tax_basis_points)
    sale = Sale.objects.create(
        business_id=client.business_id,
        client=client,
        kind=kind,
        package=package,
        service=service,
        professional=professional,
        name=name,
        credits=credits,
        price_minor=price_minor,
        net_minor=parts.net,
        tax_minor=parts.tax,
        tax_basis_points=tax_basis_points,
        currency=currency,
        sold_on=sold_on,
        applies_on=applies_on,
        valid_until=valid_until,
        cause=cause,
        state=sale_state(price=price_minor, returned=0, paid=0, refunded=0, voided=False),
        door=door,
        by_kind=by.kind.value,
        by_account_id=by.account_id,
        sold_at=now,
        changed_at=now,
    )
    _charge(sale, parts, now=now)
    if credits:
        _grant(sale, services, now=now)
    made = SaleMade(business_id=sale.business_id, sale_id=sale.pk, client_id=client.pk)
    record(made, now=now)
    return sale


def _check_amounts(price: int, tax: int, count: int, services: Sequence[UUID]) -> None:
    checked_amount(price, field="price_minor", least=0, most=MOST_MINOR)
    checked_amount(tax, field="tax_basis_points", least=0, most=_WHOLE)
    checked_amount(count, field="credits", least=0, most=MOST_CREDITS)
    if bool(services) != bool(count):
        raise ValueError("credits are of services, and a fee gives neither")


def _charge(sale: Sale, parts: Parts, *, now: datetime) -> None:
    """Move the price to what its client owes: the net of it from what is earned, the rest from the tax."""
    amounts = {AccountKind.EARNED: parts.net, AccountKind.TAX: parts.tax}
    giving = [
        (open_account(business_id=sale.business_id, kind=kind, unit=sale.currency), amount)
        for kind, amount in amounts.items()
        if amount
    ]
    if not giving:
        return
    owed = open_account(
        business_id=sale.business_id,
        kind=AccountKind.OWED,
        unit=sale.currency,
        key=str(sale.pk),
    )
    for account, amount in giving:
        post(
            business_id=sale.business_id,
            from_account=account,
            to_account=owed,
            amount=amount,
            cause=f"sale:{sale.pk}:{account.kind}",
            happened_on=sale.sold_on,
            now=now,
        )


def _grant(sale: Sale, services: Sequence[UUID], *, now: datetime) -> None:
    """Give the credits, numbered from one, for the services of this day."""
    unit = _unit(sale)
    grant = Grant.objects.create(
        business_id=sale.business_id,
        sale=sale,
        client_id=sale.client_id,
        unit=unit,
        credits=sale.credits,
        applies_on=sale.applies_on,
        valid_until=sale.valid_until,
        granted_at=now,
    )
    GrantService.objects.bulk_create(
        GrantService(business_id=sale.business_id, grant=grant, service_id=service_id)
        for service_id in sorted(set(services))
    )
    issued = open_account(business_id=sale.business_id, kind=AccountKind.ISSUED, unit=unit)
    usable = open_account(
        business_id=sale.business_id, kind=AccountKind.OPEN, unit=unit, key=str(grant.pk)
    )
    post(
        business_id=sale.business_id,
        from_account=issued,
        to_account=usable,
        amount=sale.credits,
        cause=f"sale:{sale.pk}:granted",
        happened_on=sale.applies_on,
        now=now,
    )


def _unit(sale: Sale) -> str:
    """Return what the sale's credits are of."""
    if sale.package_id is not None:
        return package_credit(sale.package_id)
    if sale.service_id is not None:
        return service_credit(sale.service_id)
    raise ValueError("what grants a credit is a package or a service")
