"""The record's profile: what the card says, how to reach the person, and their account."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.remove_identifier import remove_identifier
from clientela.people.actions.set_notification_email import set_notification_email
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.actions.update_client import update_client
from clientela.people.models import Client, How, Identifier
from clientela.people.queries.contacts import notification_email
from clientela.people.queries.in_use import in_use
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import refusals
from clientela.web.desk.clients.card_form import LoginEmailForm, ProfileForm
from clientela.web.desk.clients.notified import strange_zone
from clientela.web.desk.clients.record import record_of, record_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

WRONG = 422


def profile(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """GET shows the profile, POST changes what the card says."""
    desk = desk_of(request)
    card = desk.client(client_id)
    if request.method != "POST":
        return profile_page(request, desk, card)
    form = ProfileForm(request.POST, card=card)
    if not form.is_valid():
        return profile_page(request, desk, card, form=form, status=WRONG)
    _keep(desk, card, form)
    told(request, _("The card is kept."))
    return redirect("desk:client-profile", business, client_id)


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
        return profile_page(request, desk, card, contact=(text, words), status=WRONG)
    told(request, _("The contact is kept."))
    return redirect("desk:client-profile", business, client_id)


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
    return redirect("desk:client-profile", business, client_id)


def profile_page(
    request: DoorRequest,
    desk: Desk,
    card: Client,
    *,
    form: ProfileForm | None = None,
    login_form: LoginEmailForm | None = None,
    contact: tuple[str, str] = ("", ""),
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the profile; what was typed and refused stands in it again, with why (``contact`` is both)."""
    account = card.account
    return record_page(
        request,
        desk,
        record_of(desk, card),
        "profile",
        status=status,
        form=form or ProfileForm(card=card),
        login_form=None if account else login_form or LoginEmailForm(card=card),
        contact=contact[0],
        contact_error=contact[1],
        refused=refused,
        strange_zone=strange_zone(card, desk),
        same_email=in_use(card) if desk.sees_all else [],
    )


@transaction.atomic
def _keep(desk: Desk, card: Client, form: ProfileForm) -> None:
    """Keep what was changed, all of it or nothing; what was not touched writes nothing."""
    given, by, now = form.cleaned_data, desk.actor, desk.now
    own = {name: given[name] for name in ("name", "language", "zone", "note", "birthday")}
    update_client(client=card, **own, forget_birthday=given["birthday"] is None, by=by, now=now)
    standing = notification_email(card)
    if given["notification_email"] != (standing.value if standing else ""):
        set_notification_email(client=card, email=given["notification_email"], by=by, now=now)
    choice, follow_up = given["notify_by"], given["wants_follow_up"]
    says = choice != card.notify_by or given.get("agreed", False)
    if says or follow_up != card.wants_follow_up:
        set_preferences(
            client=card,
            notify_by=choice if says else None,
            wants_follow_up=follow_up,
            how=How.STAFF,
            by=by,
            now=now,
        )
    bind_to_professional(client=card, professional=given["bound_to"], by=by, now=now)
