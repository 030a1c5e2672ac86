"""Let an appointment go without a credit: it waits for redemption no longer."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.models import Appointment
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.money_form import ReasonField
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

WRONG, REFUSED = 422, 409


class WaiveForm(forms.Form):
    """Why nothing is to be paid."""

    because = ReasonField()


def waive(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """GET says what it means, POST lets it go."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    if one.redemption != RedemptionState.PENDING:
        return panel(request, desk, one)
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, one, form)
    try:
        waive_redemption(
            appointment=one, by=desk.actor, reason_text=form.cleaned_data["because"], now=desk.now
        )
    except Refusal as refusal:
        return panel(
            request,
            desk,
            desk.appointment(one.pk),
            refused=[sentence_of(refusal)],
            status=REFUSED,
        )
    told(request, _("It goes without a credit."))
    return redirect("desk:appointment", business, one.pk)


def _page(request: DoorRequest, desk: Desk, one: Appointment, form: WaiveForm) -> HttpResponse:
    return desk_page(
        request,
        "desk/sales/waive.html",
        desk,
        place="calendar",
        status=WRONG if form.is_bound else 200,
        one=one,
        form=form,
    )
