"""Couple or family: who belongs to me at which business, and what we let each other do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.accounts.errors import LinkClosed
from clientela.people.actions.add_child import add_child
from clientela.people.actions.answer_household import withdraw_household
from clientela.people.actions.ask_household import ask_household
from clientela.people.actions.choose_permissions import choose_permissions
from clientela.people.actions.leave_household import leave_household
from clientela.people.errors import NotInHousehold
from clientela.people.models import HouseholdMember
from clientela.people.queries.household_invitations import open_invitations, own_invitation
from clientela.people.queries.households import spoken_for
from clientela.people.queries.own_households import OwnHousehold, own_households
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import system_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.household_form import ChildForm, PermissionsForm, permissions_form
from clientela.web.client.reasons import put_refusal, sentence_of
from clientela.web.visit.visit import private

LONGEST = 254


def household(request: DoorRequest) -> HttpResponse:
    """Show who belongs together, business by business, and what each allows."""
    return _page(request, typed=request.GET.get("email", "")[:LONGEST])


def ask(request: DoorRequest) -> HttpResponse:
    """Have a mailbox asked. The answer is the same whoever reads it, or nobody."""
    typed = request.POST.get("email", "").strip()[:LONGEST]
    said = _("We have written to %(email)s. Nothing changes before they agree.")
    return _done(
        request,
        lambda: ask_household(account=request.user, email=typed, by=request.actor, now=clock.now()),
        said % {"email": typed},
        typed=typed,
    )


def withdraw(request: DoorRequest) -> HttpResponse:
    """Take an invitation back: its link opens nothing any more."""
    now = clock.now()
    wanted = _key(request, "invitation")
    asked = own_invitation(account_id=request.user.pk, invitation_id=wanted, now=now)
    if asked is None:
        return _page(request, error=sentence_of(LinkClosed()), status=WRONG)
    return _done(
        request,
        lambda: withdraw_household(invitation=asked, by=request.actor, now=now),
        _("The invitation is taken back."),
    )


def permissions(request: DoorRequest) -> HttpResponse:
    """Keep what the others may do for me, or for a child I answer for; from now on."""
    form = PermissionsForm(request.POST)
    row = _spoken_for(request)
    if row is None:
        return _nobodys(request)
    form.is_valid()  # four switches, each there or not: nothing typed can be wrong
    return _done(
        request,
        lambda: choose_permissions(
            account=request.user,
            client_id=row.client_id,
            gives=form.permissions,
            by=request.actor,
            now=clock.now(),
        ),
        _("Kept. It counts from now on."),
    )


def leave(request: DoorRequest) -> HttpResponse:
    """Leave at one business, or take a child off. Nobody is told."""
    row = _spoken_for(request)
    if row is None:
        return _nobodys(request)
    is_own = row.client.account_id == request.user.pk
    return _done(
        request,
        lambda: leave_household(
            account=request.user, card=row.client, by=request.actor, now=clock.now()
        ),
        _("You have left. Everything that is yours stays yours.")
        if is_own
        else _("The child belongs to your household no more."),
    )


def child(request: DoorRequest) -> HttpResponse:
    """Put a child there, who needs no mailbox."""
    cards = [one.card for one in own_households(account_id=request.user.pk)]
    form = ChildForm(request.POST, cards=cards)
    if form.is_valid():
        card = next(one for one in cards if str(one.pk) == form.cleaned_data["at"])
        try:
            made = add_child(
                account=request.user,
                card=card,
                name=form.cleaned_data["name"],
                birthday=form.cleaned_data["birthday"],
                by=request.actor,
                now=clock.now(),
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is there.") % {"name": made.record_name})
            return private(redirect("client:household"))
    return _page(request, child_form=form, status=WRONG)


def _spoken_for(request: DoorRequest) -> HouseholdMember | None:
    """Return the membership that the form names, if this person speaks for it."""
    with system_scope("a child's membership is not the person's own row"):
        return spoken_for(account_id=request.user.pk, client_id=_key(request, "card"))


def _nobodys(request: DoorRequest) -> HttpResponse:
    """Answer alike for a card of somebody else, one that is none, and one that has left."""
    return _page(request, error=sentence_of(NotInHousehold()), status=WRONG)


def _key(request: DoorRequest, name: str) -> UUID:
    """Return the id that was sent; what is none is nobody's."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)


def _done(
    request: DoorRequest, act: Callable[[], Any], said: str, *, typed: str = ""
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _page(request, typed=typed, error=sentence_of(refusal), status=WRONG)
    messages.success(request, said)
    return private(redirect("client:household"))


def _page(
    request: DoorRequest,
    *,
    typed: str = "",
    error: str = "",
    child_form: ChildForm | None = None,
    status: int = 200,
) -> HttpResponse:
    every = own_households(account_id=request.user.pk)
    cards = [one.card for one in every]
    return own_page(
        request,
        "client/household.html",
        current="profile",
        status=status,
        houses=[_house(one) for one in every if one.is_in],
        invitations=open_invitations(account_id=request.user.pk, now=clock.now()),
        child_form=child_form or (ChildForm(cards=cards) if cards else None),
        typed=typed,
        error=error,
    )


def _house(one: OwnHousehold) -> dict[str, Any]:
    """Return what the page draws of one business."""
    return {
        "own": one,
        "brand": brand_of(one.card.business),
        "form": permissions_form(one.gives, client_id=one.card.pk) if one.has_adults else None,
        "relatives": [
            {
                "who": other,
                "form": permissions_form(other.gives, client_id=other.client_id, is_child=True)
                if other.is_mine and one.has_adults
                else None,
            }
            for other in one.relatives
        ],
    }
