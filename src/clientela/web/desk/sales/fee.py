"""Charge the fee that a client agreed to for an appointment they missed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.checkout.actions.charge_no_show_fee import charge_no_show_fee
from clientela.checkout.queries.fee import fee_due
from clientela.checkout.queries.online import kept_card
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.figures import money
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

REFUSED = 409


def charge_fee(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """GET says what is charged to which card, POST charges it once."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    fee = fee_due(one)
    if not fee:
        return panel(request, desk, one)
    if request.method != "POST":
        return _page(request, desk, one, fee)
    try:
        charge_no_show_fee(appointment=one, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        again = desk.appointment(one.pk)
        return panel(request, desk, again, refused=[sentence_of(refusal)], status=REFUSED)
    told(request, _("Charged: %(amount)s.") % {"amount": money(fee, desk.business.currency)})
    return redirect("desk:appointment", business, one.pk)


def _page(request: DoorRequest, desk: Desk, one: Appointment, fee: int) -> HttpResponse:
    return desk_page(
        request,
        "desk/sales/fee.html",
        desk,
        place="calendar",
        one=one,
        fee=fee,
        kept=kept_card(client=one.client),
    )
