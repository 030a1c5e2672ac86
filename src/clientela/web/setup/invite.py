"""Step 5: colleagues, by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.invite_member import invite_member
from clientela.business.models import Invitation, Professional, Role
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.web.form_refusals import put_refusal
from clientela.web.setup.steps import steps

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


class InviteForm(forms.Form):
    """One colleague at a time."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("Email"), max_length=254)
    role = forms.ChoiceField(
        label=_("What they do"),
        choices=[
            (Role.FRONT_DESK, _("Front desk: the whole calendar, all clients")),
            (Role.PROFESSIONAL, _("Professional: their own appointments")),
            (Role.OWNER, _("Owner: everything, settings too")),
        ],
        widget=forms.RadioSelect,
    )


def invite(request: DoorRequest, business: str) -> HttpResponse:
    """Invite one colleague and come back for the next; going on without any is fine."""
    form = InviteForm(request.POST or None, initial={"role": Role.FRONT_DESK})
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:invite", business=business)
    invited = Invitation.objects.filter(withdrawn_at__isnull=True).order_by("created_at")
    return render(request, "setup/invite.html", {"form": form, "invited": invited, **steps(5)})


def _invite(request: DoorRequest, given: dict[str, Any]) -> None:
    """Mail the link. A professional gets a calendar at once: without one their desk would be empty."""
    now = clock.now()
    with transaction.atomic():
        is_professional = given["role"] == Role.PROFESSIONAL
        invite_member(
            business=request.business,
            email=given["email"],
            name=given["name"],
            role=given["role"],
            professional=_calendar_of(request, given, now) if is_professional else None,
            by=request.actor,
            now=now,
        )


def _calendar_of(request: DoorRequest, given: dict[str, Any], now: datetime) -> Professional:
    """The professional with this address, made if there is none; their hours are set later."""
    email = given["email"].strip().lower()
    known = Professional.objects.filter(email=email).first()
    return known or add_professional(
        business=request.business,
        name=given["name"] or email.partition("@")[0],
        email=email,
        by=request.actor,
        now=now,
    )
