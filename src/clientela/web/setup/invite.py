"""Step 5: colleagues, by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from clientela.business.actions.invite_member import invite_member
from clientela.business.models import Invitation, Role
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.web.form_refusals import put_refusal
from clientela.web.setup.steps import steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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


def invite(request: HttpRequest, business: str) -> HttpResponse:
    """Invite one colleague and come back for the next; going on without any is fine."""
    form = InviteForm(request.POST or None, initial={"role": Role.FRONT_DESK})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invite_member(
                business=request.business,  # type: ignore[attr-defined]  # set by the gate
                email=given["email"],
                name=given["name"],
                role=given["role"],
                by=request.actor,  # type: ignore[attr-defined]  # set by the gate
                now=clock.now(),
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:invite", business=business)
    invited = Invitation.objects.filter(withdrawn_at__isnull=True).order_by("created_at")
    return render(request, "setup/invite.html", {"form": form, "invited": invited, **steps(5)})
