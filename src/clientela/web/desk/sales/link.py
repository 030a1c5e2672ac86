"""Mail the client a link with which they pay a sale online."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.checkout.actions.send_sale_link import send_sale_link
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.sales.sale import sale_page
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told

REFUSED = 409


def send_link(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """Send it at once; then show the sale."""
    desk = desk_of(request)
    sale = desk.sale(sale_id)
    try:
        send_sale_link(sale=sale, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        return sale_page(request, desk, sale, refused=sentence_of(refusal), status=REFUSED)
    told(request, _("The link to pay is on its way to the client."))
    return redirect("desk:sale", business, sale.pk)
