"""At the desk: use a credit that somebody of the household lends for an appointment, and give it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.actions.return_lent_credit import return_lent_credit
from clientela.booking.errors import CreditNotLent
from clientela.booking.models import Appointment
from clientela.people.models import Client
from clientela.people.queries.credit_lenders import credit_lenders
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

REFUSED = 409


def use_credit(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Use a credit of whom the form names, if they let their household; who lends none by now is nobody here."""

    def use(desk: Desk, one: Appointment) -> str:
        lender = _lender(one, request.POST.get("lender", ""))
        lend_credit(appointment=one, lender=lender, account=None, by=desk.actor, now=desk.now)
        return _("Redeemed with a credit of %(name)s.") % {"name": lender.record_name}

    return _done(request, appointment_id, use)


def return_credit(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Give a lent credit back: the appointment waits for redemption again."""

    def give_back(desk: Desk, one: Appointment) -> str:
        return_lent_credit(appointment=one, account=None, by=desk.actor, now=desk.now)
        return _("The credit went back to whose it is.")

    return _done(request, appointment_id, give_back)


def _done(
    request: DoorRequest, appointment_id: UUID, act: Callable[[Desk, Appointment], str]
) -> HttpResponse:
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    try:
        told(request, act(desk, one))
    except Refusal as refusal:
        again = desk.appointment(one.pk)
        return panel(request, desk, again, refused=[sentence_of(refusal)], status=REFUSED)
    return redirect("desk:appointment", desk.business.slug, one.pk)


def _lender(one: Appointment, key: str) -> Client:
    """Return the card that the form names, if it lends to the appointment's client now."""
    lenders = credit_lenders(client_id=one.client_id)
    found = next((card for card in lenders if str(card.pk) == key), None)
    if found is None:
        raise CreditNotLent
    return found
