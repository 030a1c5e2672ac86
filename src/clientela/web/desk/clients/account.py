"""The account section of a client's profile: the log-in e-mail, as long as nobody uses it, and the welcome mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.people.actions.send_welcome import send_welcome
from clientela.people.actions.set_login_email import set_login_email
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import refusals
from clientela.web.desk.clients.card_form import LoginEmailForm
from clientela.web.desk.clients.profile import profile_page
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told

REFUSED = 409
WRONG = 422


def login_email(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Keep the e-mail with which the person is to sign in; refused once they use it, to everybody."""
    desk = desk_of(request)
    card = desk.client(client_id)
    form = LoginEmailForm(request.POST, card=card)
    if not form.is_valid():
        return profile_page(request, desk, card, login_form=form, status=WRONG)
    try:
        set_login_email(
            client=card, email=form.cleaned_data["login_email"], by=desk.actor, now=desk.now
        )
    except Refusal as refusal:
        return profile_page(request, desk, card, refused=refusals.of(refusal), status=REFUSED)
    told(request, _("The email for signing in is kept."))
    return redirect("desk:client-profile", business, client_id)


def welcome(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Send the welcome mail with a fresh link."""
    desk = desk_of(request)
    card = desk.client(client_id)
    try:
        sent = send_welcome(client=card, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        return profile_page(request, desk, card, refused=refusals.of(refusal), status=REFUSED)
    told(
        request,
        _("The welcome email is on its way to %(address)s.") % {"address": sent.login_email},
    )
    return redirect("desk:client-profile", business, client_id)
