"""Preview, sell, pay, refund and void: the same actions that the desk's pages call."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Router, Status

from clientela.api.access import Caller, program_of
from clientela.api.find import (
    find_appointment,
    find_client,
    find_offer,
    find_seller,
    sale_of_path,
)
from clientela.api.money_schemas import (
    PaymentIn,
    PreviewIn,
    PreviewOut,
    RefundIn,
    SaleIn,
    SaleOut,
    VoidIn,
)
from clientela.api.queries.sale_rows import sale_rows
from clientela.api.routes.answers import TOKEN, refusals
from clientela.api.routes.appointments import DOOR, IdempotencyKey
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import day_of
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.sell import sell
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.queries.preview_sale import Preview, preview_sale
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.people.models import Client
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import to_local

router = Router(tags=["Sales"])


@router.post(
    "/businesses/{business}/sales/preview",
    response={200: PreviewOut, **refusals(401, 403, 409)},
    summary="Preview a sale",
    operation_id="preview_sale",
    openapi_extra=TOKEN,
    url_name="preview-sale",
)
def preview(request: DoorRequest, business: str, wish: PreviewIn) -> dict[str, Any]:
    """See which appointments a sale would redeem, in which order. Nothing is sold."""
    caller = program_of(request, writing=True)
    client = _client(wish.client, caller)
    first = find_appointment(wish.appointment, client=client)
    offer = find_offer(package_id=wish.package, service_id=wish.service)
    if wish.price_minor is not None:
        offer = offer.at_price(wish.price_minor)
    today = business_day(business_id=request.business.pk, now=clock.now())
    return preview_row(
        preview_sale(
            client=client,
            offer=offer,
            applies_on=wish.applies_on or _usual_day(today, first),
            first=first,
        )
    )


@router.post(
    "/businesses/{business}/sales",
    response={201: SaleOut, **refusals(401, 403, 409)},
    summary="Sell",
    operation_id="sell",
    openapi_extra=TOKEN,
    url_name="sales",
)
def make_sale(
    request: DoorRequest,
    business: str,
    wish: SaleIn,
    idempotency_key: IdempotencyKey = None,
) -> Status[dict[str, Any]]:
    """Sell a package or a session to a client: its credits count at once, paid or not.

    What waits for redemption is redeemed with it, as the preview says. With an `Idempotency-Key` a repeated
    request answers with the same sale.
    """
    caller = program_of(request, writing=True)
    client = _client(wish.client, caller)
    sale = sell(
        business=request.business,
        client=client,
        offer=find_offer(package_id=wish.package, service_id=wish.service),
        applies_on=wish.applies_on,
        professional=find_seller(wish.professional),
        appointment=find_appointment(wish.appointment, client=client),
        price_minor=wish.price_minor,
        payment=None if wish.payment is None else _taken(wish.payment),
        expects=wish.expects,
        idempotency_key=idempotency_key,
        door=DOOR,
        by=caller.actor,
        now=clock.now(),
    )
    return Status(201, _row(sale))


@router.get(
    "/businesses/{business}/sales/{sale_id}",
    response={200: SaleOut, **refusals(401)},
    summary="Read a sale",
    operation_id="read_sale",
    openapi_extra=TOKEN,
    url_name="sale",
)
def read(request: DoorRequest, business: str, sale_id: UUID) -> dict[str, Any]:
    """Read a sale: what was agreed, how far it is paid, what it redeems."""
    program_of(request, writing=False)
    return _row(sale_of_path(sale_id))


@router.post(
    "/businesses/{business}/sales/{sale_id}/payments",
    response={201: SaleOut, **refusals(401, 403, 409)},
    summary="Take a payment",
    operation_id="take_payment",
    openapi_extra=TOKEN,
    url_name="sale-payments",
)
def pay(
    request: DoorRequest,
    business: str,
    sale_id: UUID,
    money: PaymentIn,
    idempotency_key: IdempotencyKey = None,
) -> Status[dict[str, Any]]:
    """Note money that was handed over for a sale, in part or all that is due.

    The day of the payment changes nothing about the day from which the sale counts.
    """
    caller = program_of(request, writing=True)
    sale = sale_of_path(sale_id)
    take_payment(
        sale=sale,
        method=Method(money.method),
        amount_minor=money.amount_minor,
        paid_on=money.paid_on,
        note=money.note,
        idempotency_key=idempotency_key,
        by=caller.actor,
        now=clock.now(),
    )
    return Status(201, _row(sale_of_path(sale_id)))


@router.post(
    "/businesses/{business}/sales/{sale_id}/refunds",
    response={201: SaleOut, **refusals(401, 403, 409)},
    summary="Give money back",
    operation_id="refund_sale",
    openapi_extra=TOKEN,
    url_name="sale-refunds",
)
def refund(
    request: DoorRequest,
    business: str,
    sale_id: UUID,
    money: RefundIn,
    idempotency_key: IdempotencyKey = None,
) -> Status[dict[str, Any]]:
    """Give back a part of what was paid, and take as much off the price. The credits stay.

    Online money is ordered back from its provider; it stands under `payments` once it has left.
    """
    caller = program_of(request, writing=True)
    refund_sale(
        sale=sale_of_path(sale_id),
        amount_minor=money.amount_minor,
        method=_method(money.method),
        because=money.because,
        idempotency_key=idempotency_key,
        by=caller.actor,
        now=clock.now(),
    )
    return Status(201, _row(sale_of_path(sale_id)))


@router.post(
    "/businesses/{business}/sales/{sale_id}/void",
    response={200: SaleOut, **refusals(401, 403, 409)},
    summary="Void a sale",
    operation_id="void_sale",
    openapi_extra=TOKEN,
    url_name="sale-void",
)
def void(request: DoorRequest, business: str, sale_id: UUID, end: VoidIn) -> dict[str, Any]:
    """Take a sale back as a whole: what it had redeemed waits again, and its money goes back.

    Voiding what is void already answers with it unchanged.
    """
    caller = program_of(request, writing=True)
    void_sale(
        sale=sale_of_path(sale_id),
        because=end.because,
        refund_by=_method(end.refund_by),
        by=caller.actor,
        now=clock.now(),
    )
    return _row(sale_of_path(sale_id))


def preview_row(found: Preview) -> dict[str, Any]:
    """A preview as the API shows it."""
    return {
        "price_minor": found.price_minor,
        "currency": found.offer.currency,
        "applies_on": found.applies_on,
        "valid_until": found.valid_until,
        "redeems": [
            {
                "appointment": line.appointment.pk,
                "service": line.appointment.service_id,
                "start": to_local(
                    line.appointment.starts_at, line.appointment.promised_zone
                ).isoformat(),
                "number": line.number,
                "from_this_sale": line.grant_is_new,
            }
            for line in found.redeems
        ],
        "stays": [one.pk for one in found.stays],
        "left": found.left,
        "digest": found.digest,
    }


def _row(sale: Sale) -> dict[str, Any]:
    return sale_rows([sale])[0]


def _client(client_id: UUID, caller: Caller) -> Client:
    card = find_client(client_id, caller=caller, field="client")
    assert card is not None  # noqa: S101 -- one was named
    return card


def _usual_day(today: date, first: Appointment | None) -> date:
    """The application date unless said otherwise: today, or an earlier day of what is paid for."""
    return today if first is None else min(today, day_of(first))


def _taken(money: PaymentIn) -> Taken:
    return Taken(
        method=Method(money.method),
        amount_minor=money.amount_minor,
        paid_on=money.paid_on,
        note=money.note,
    )


def _method(word: str | None) -> Method | None:
    return None if word is None else Method(word)
