"""Use a session that somebody of the household lends for an appointment that is to be paid, and give it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.actions.return_lent_credit import return_lent_credit
from clientela.booking.errors import CreditNotLent
from clientela.booking.models import Appointment
from clientela.booking.queries.family_to_settle import family_appointment
from clientela.people.models import Client
from clientela.people.queries.credit_lenders import credit_lenders
from clientela.people.queries.own_name import own_name
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.rules.redemption_state import RedemptionState
from clientela.web import refusals
from clientela.web.visit.own_visit import own_visit
from clientela.web.visit.page import after_refusal
from clientela.web.visit.visit import Find, private


def use_credit(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """Use the session of the person that the form names; who lends none by now is nobody here."""

    def use(one: Appointment) -> str:
        lender = _lender(request, one)
        lend_credit(
            appointment=one,
            lender=lender,
            account=request.user,
            by=request.actor,
            now=clock.now(),
        )
        return _("It is paid for with a session of %(name)s.") % {"name": own_name(lender)}

    return _done(request, appointment_id, use)


def return_credit(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """Give a lent session back before the visit begins: it is to be paid again."""

    def give_back(one: Appointment) -> str:
        left = return_lent_credit(
            appointment=one, account=request.user, by=request.actor, now=clock.now()
        )
        if left.redemption == RedemptionState.REDEEMED:
            return _("The session is given back. A session of its own client pays for it now.")
        return _("The session is given back. The appointment is to be paid again.")

    return _done(request, appointment_id, give_back)


def _done(
    request: DoorRequest, appointment_id: UUID, act: Callable[[Appointment], str]
) -> HttpResponse:
    """Act for an appointment of somebody who lets this person pay, else for one of their own; else it is none."""
    found = family_appointment(account_id=request.user.pk, appointment_id=appointment_id)
    if found is None:
        return _done_for_own(request, partial(own_visit, request, appointment_id), act)
    request.scopes.enter_context(business_scope(found.business_id))
    try:
        messages.success(request, act(found))
    except Refusal as refusal:
        said = {"why": refusals.of(refusal)}
        messages.error(request, _("%(why)s Nothing was changed.") % said)
    return private(redirect("balance:business", found.business.slug))


def _done_for_own(
    request: DoorRequest, find: Find, act: Callable[[Appointment], str]
) -> HttpResponse:
    visit = find()
    try:
        messages.success(request, act(visit.appointment))
    except Refusal as refusal:
        return after_refusal(request, find, refusal.reason)
    return private(redirect(visit.door.home))


def _lender(request: DoorRequest, one: Appointment) -> Client:
    """Return the card that the form names, if it lends to the appointment's client now."""
    lenders = credit_lenders(client_id=one.client_id, account_id=request.user.pk)
    key = request.POST.get("lender", "")
    found = next((card for card in lenders if str(card.pk) == key), None)
    if found is None:
        raise CreditNotLent
    return found
