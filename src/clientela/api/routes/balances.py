"""What can be bought, what clients have left and why, and what waits to be settled."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from ninja.params.functions import Query

from clientela.api.access import caller_of, program_of
from clientela.api.find import client_of_path
from clientela.api.inputs import Day, Instant, exact
from clientela.api.money_schemas import BalanceOut, PackageOut, SaleOut, ToSettleOut
from clientela.api.queries.sale_rows import sale_rows
from clientela.api.routes.answers import ANYONE_OR_TOKEN, TOKEN, refusals
from clientela.api.routes.appointments import appointment_row
from clientela.booking.causes import appointment_id_of
from clientela.catalogue.models import Package, SoldOnline
from clientela.catalogue.queries.sold_packages import covered, sold_packages
from clientela.checkout.queries.to_settle import to_settle
from clientela.ledger.queries.balances import Balance, balances
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.client_sales import client_sales
from clientela.ledger.queries.statement import StatementLine, statement
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest

MOST = 500
router = Router(tags=["Balances"])


@router.get(
    "/businesses/{business}/packages",
    response={200: list[PackageOut], **refusals(401)},
    summary="List the packages",
    operation_id="list_packages",
    openapi_extra=ANYONE_OR_TOKEN,
    url_name="packages",
)
def read_packages(request: DoorRequest, business: str) -> list[dict[str, Any]]:
    """List the packages that can be bought online, in the owner's order; with a token also the desk's own."""
    of_business = caller_of(request, writing=False).token is not None
    return [
        _package_row(package)
        for package in sold_packages(business=request.business)
        if of_business or package.sold_online != SoldOnline.NOBODY
    ]


@router.get(
    "/businesses/{business}/clients/{client_id}/balance",
    response={200: BalanceOut, **refusals(401)},
    summary="Read a client's balance",
    operation_id="read_balance",
    openapi_extra=TOKEN,
    url_name="client-balance",
)
def read_balance(
    request: DoorRequest,
    business: str,
    client_id: UUID,
    on: Annotated[Day | None, Query(None, description="Absent: today at the business.")] = None,
    known_at: Annotated[
        Instant | None, Query(None, description="As it was known then. Absent: now.")
    ] = None,
) -> dict[str, Any]:
    """Read what is left to a client on a day, and the history that explains it.

    With `known_at` the answer is the one that was given then: what was recorded later is left out.
    """
    program_of(request, writing=False)
    client, now = client_of_path(client_id), clock.now()
    known = now if known_at is None else exact(known_at, field="known_at")
    day = on or business_day(business_id=request.business.pk, now=now)
    return {
        "on": day,
        "known_at": known,
        "balances": [
            _balance_row(one) for one in balances(client_id=client.pk, on=day, known_at=known)
        ],
        "steps": [_step_row(one) for one in statement(client_id=client.pk, known_at=known)],
    }


@router.get(
    "/businesses/{business}/clients/{client_id}/sales",
    response={200: list[SaleOut], **refusals(401)},
    summary="List a client's sales",
    operation_id="list_client_sales",
    openapi_extra=TOKEN,
    url_name="client-sales",
)
def read_client_sales(request: DoorRequest, business: str, client_id: UUID) -> list[dict[str, Any]]:
    """List what was sold to a client, newest first; the last 500."""
    program_of(request, writing=False)
    return sale_rows(list(client_sales(client_id=client_of_path(client_id).pk)[:MOST]))


@router.get(
    "/businesses/{business}/to-settle",
    response={200: ToSettleOut, **refusals(401)},
    summary="List what waits to be settled",
    operation_id="list_to_settle",
    openapi_extra=TOKEN,
    url_name="to-settle",
)
def read_to_settle(request: DoorRequest, business: str) -> dict[str, Any]:
    """List the appointments pending redemption and the sales that are not fully paid; the first 500 of each."""
    caller = program_of(request, writing=False)
    waiting = to_settle(business=request.business, limit=MOST)
    return {
        "pending": [appointment_row(one, caller) for one in waiting.pending],
        "pending_count": waiting.pending_count,
        "sales": sale_rows(waiting.sales),
        "sales_count": waiting.sales_count,
    }


def _balance_row(one: Balance) -> dict[str, Any]:
    return {
        "sale": one.sale_id,
        "name": one.name,
        "services": sorted(one.service_ids),
        "credits": one.credits,
        "free": one.free,
        "applies_on": one.applies_on,
        "valid_until": one.valid_until,
    }


def _step_row(one: StatementLine) -> dict[str, Any]:
    return {
        "step": one.line,
        "sale": one.sale_id,
        "change": one.change,
        "left": one.left,
        "appointment": appointment_id_of(one.cause),
        "lent": one.lent,
        "happened_on": one.happened_on,
        "recorded_at": one.recorded_at,
    }


def _package_row(package: Package) -> dict[str, Any]:
    return {
        "id": package.pk,
        "name": package.name,
        "description": package.description,
        "credits": package.credits,
        "price_minor": package.price_minor,
        "tax_basis_points": package.tax_basis_points,
        "currency": package.business.currency,
        "valid_count": package.valid_count,
        "valid_unit": package.valid_unit,
        "sold_online": package.sold_online,
        "services": [service.pk for service in covered(package)],
    }
