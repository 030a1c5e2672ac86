"""Offering somebody a role by mail, and what becomes of the offer."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.invite_member import invite_member
from clientela.business.actions.withdraw_invitation import withdraw_invitation
from clientela.business.models import Invitation, Role
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import office_refusals
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.settings.team import BACK, RoleForm, role_hints
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told


class InviteForm(RoleForm):
    """An address and the role that is offered to it."""

    plan = (("", "", ("email", "name", "role", "professional")),)

    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    field_order = ("email", "name", "role", "professional")


def invite(request: DoorRequest, business: str) -> HttpResponse:
    """Mail somebody a link. Whether the address has a log-in already is not told."""
    desk = desk_of(request)
    form = InviteForm(
        request.POST or None, business=desk.business, initial={"role": Role.FRONT_DESK.value}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(invite_member, business=desk.business, by=desk.actor, now=desk.now, **given)
        text = _("The invitation is on its way to %(email)s.") % {"email": given["email"]}
        answer = saved(request, desk, form, act, then=BACK, text=text)
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Invite somebody"),
        words=_("They get a link by mail, good for seven days, and choose their own password."),
        back=BACK,
        trail=[(_("Staff and roles"), BACK)],
        template="role",
        role_hints=role_hints(),
        save_label=_("Send the invitation"),
    )


def resend(request: DoorRequest, business: str, invitation_id: UUID) -> HttpResponse:
    """Mail a new link; the old one stops working."""
    desk = desk_of(request)
    offer = _open(desk, invitation_id)
    try:
        invite_member(
            business=desk.business,
            email=offer.email,
            name=offer.name,
            role=offer.role,
            professional=offer.professional,
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        told(request, office_refusals.sentence_of(refusal))
    else:
        told(request, _("A new link is on its way to %(email)s.") % {"email": offer.email})
    return redirect(here(desk, BACK))


def withdraw(request: DoorRequest, business: str, invitation_id: UUID) -> HttpResponse:
    """Take the offer back: its link stops working at once."""
    desk = desk_of(request)
    withdraw_invitation(invitation=_open(desk, invitation_id), by=desk.actor, now=desk.now)
    told(request, _("Withdrawn. The link no longer works."))
    return redirect(here(desk, BACK))


def _open(desk: Desk, invitation_id: UUID) -> Invitation:
    found = (
        Invitation.objects.filter(
            business=desk.business,
            pk=invitation_id,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("professional")
        .first()
    )
    if found is None:
        raise Http404
    return found
