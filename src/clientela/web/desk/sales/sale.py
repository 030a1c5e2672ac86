"""A sale: what was sold, what its credits did, what was paid, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.people.queries.contacts import notification_email
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.sale_shown import shown
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts


@dataclass(frozen=True, kw_only=True, slots=True)
class SaleAct:
    """One thing to do with a sale: a page that first says what it means, or a form that is sent at once."""

    label: str
    icon: str
    url: str
    look: str = "btn-line"
    is_form: bool = False


def sale(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """Show one sale. Opening it changes nothing."""
    desk = desk_of(request)
    return sale_page(request, desk, desk.sale(sale_id))


def sale_page(
    request: DoorRequest,
    desk: Desk,
    one: Sale,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the page, after a declined act with why."""
    values = shown(desk, one)
    return desk_page(
        request,
        "desk/sales/sale.html",
        desk,
        place="sales",
        status=status,
        acts=acts_of(desk, one, values),
        refused=refused,
        toasts=toasts(request),
        **values,
    )


def acts_of(desk: Desk, one: Sale, values: dict[str, Any]) -> list[SaleAct]:
    """The acts that are open now, the likeliest first and solid. Money goes back, and sales end, by owner and front desk."""
    slug, found = desk.business.slug, []

    def url(route: str) -> str:
        return reverse(f"desk:{route}", args=[slug, one.pk])

    if values["due"]:
        found.append(
            SaleAct(label=_("Take payment"), icon="wallet", url=url("sale-pay"), look="btn-solid")
        )
        if online_account(desk.business) and notification_email(one.client):
            found.append(
                SaleAct(
                    label=_("Send a link to pay"), icon="link", url=url("sale-link"), is_form=True
                )
            )
    if not values["ended"]:
        if values["may_invoice"]:
            found.append(
                SaleAct(label=_("Issue an invoice"), icon="file-text", url=url("sale-invoice"))
            )
        if desk.sees_all and values["may_refund"]:
            found.append(SaleAct(label=_("Give money back"), icon="undo-2", url=url("sale-refund")))
        if desk.sees_all:
            found.append(
                SaleAct(label=_("Void the sale"), icon="x", url=url("sale-void"), look="btn-stop")
            )
    return found
