"""A client's card: contacts, what is to come and what was, and what staff note."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.client_history import client_history
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.remove_identifier import remove_identifier
from clientela.people.actions.update_client import update_client
from clientela.people.models import Client, Identifier
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import refusals
from clientela.web.desk.clients.card_form import CardForm
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts, told
from clientela.web.states import Audience, badge_of

WRONG = 422


def client(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """GET shows the card, POST changes what it says."""
    desk = desk_of(request)
    card = desk.client(client_id)
    if request.method != "POST":
        return _page(request, desk, card)
    form = CardForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, card, form=form, status=WRONG)
    update_client(client=card, **form.cleaned_data, by=desk.actor, now=desk.now)
    told(request, _("The card is kept."))
    return redirect("desk:client", business, client_id)


def add_contact(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Add an email address or a phone number, whichever was typed."""
    desk = desk_of(request)
    card = desk.client(client_id)
    text = request.POST.get("contact", "").strip()[:254]
    kind = "email" if "@" in text else "phone"
    try:
        add_identifier(client=card, **{kind: text}, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        words = refusals.of(refusal) if text else _("Write an email or a phone number.")
        return _page(request, desk, card, contact=text, contact_error=words, status=WRONG)
    told(request, _("The contact is kept."))
    return redirect("desk:client", business, client_id)


def remove_contact(
    request: DoorRequest, business: str, client_id: UUID, contact_id: UUID
) -> HttpResponse:
    """Take a contact off the card; one that is gone already is no error."""
    desk = desk_of(request)
    card = desk.client(client_id)
    contact = Identifier.objects.filter(client=card, pk=contact_id).first()
    if contact is not None:
        remove_identifier(identifier=contact, by=desk.actor, now=desk.now)
    told(request, _("The contact is off the card."))
    return redirect("desk:client", business, client_id)


def _page(
    request: DoorRequest,
    desk: Desk,
    card: Client,
    *,
    form: CardForm | None = None,
    contact: str = "",
    contact_error: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = _history(desk, card)
    came = [one for one in rows if one.status == Status.ATTENDED]
    return desk_page(
        request,
        "desk/client.html",
        desk,
        place="clients",
        status=status,
        card=card,
        contacts=sorted(card.identifiers.all(), key=lambda one: (one.created_at, one.pk)),
        form=form
        or CardForm(
            initial={"name": card.record_name, "language": card.language, "note": card.note}
        ),
        editing=form is not None,
        contact=contact,
        contact_error=contact_error,
        coming=[_row(one) for one in reversed(rows) if one.ends_at > desk.now],
        past=[_row(one) for one in rows if one.ends_at <= desk.now],
        visits=len(came),
        missed=sum(one.status == Status.NO_SHOW for one in rows),
        last=came[0] if came else None,
        next=next((one for one in reversed(rows) if _is_coming(one, desk)), None),
        toasts=toasts(request),
    )


def _is_coming(one: Appointment, desk: Desk) -> bool:
    return one.starts_at > desk.now and one.status in {Status.CONFIRMED, Status.REQUESTED}


def _history(desk: Desk, card: Client) -> list[Appointment]:
    """Latest first; a professional reads what was with them."""
    rows = client_history(card)
    if desk.sees_all:
        return rows
    own = desk.own.pk if desk.own else None
    return [one for one in rows if one.professional_id == own]


def _row(one: Appointment) -> tuple[Appointment, object]:
    """An appointment with the badge of its state."""
    return one, badge_of(one.status, audience=Audience.STAFF)
