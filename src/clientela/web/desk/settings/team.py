"""Who may sign in to this desk, and what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.change_role import change_role
from clientela.business.actions.end_membership import end_membership
from clientela.business.models import Business, Invitation, Membership, Professional, Role
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import office_refusals
from clientela.web.desk.settings.parts import PartPlan, SettingsForm
from clientela.web.desk.settings.shell import form_page, here, saved, settings_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

BACK = "settings-team"
ROLES = (
    (Role.OWNER.value, gettext_lazy("Owner")),
    (Role.FRONT_DESK.value, gettext_lazy("Front desk")),
    (Role.PROFESSIONAL.value, gettext_lazy("Professional")),
)


class RoleForm(SettingsForm):
    """A role, and for professionals whose calendar it shows."""

    plan: ClassVar[Sequence[PartPlan]] = (("", "", ("role", "professional")),)
    wide = frozenset({"role", "professional"})

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES, widget=forms.RadioSelect)
    professional: forms.ModelChoiceField[Professional] = forms.ModelChoiceField(
        label=gettext_lazy("Their own calendar"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("A professional sees only these appointments."),
    )

    def __init__(self, data: Any, *, business: Business, initial: dict[str, Any]) -> None:  # noqa: ANN401 -- a request's data or none
        """Only the business's own professionals."""
        super().__init__(data, initial=initial)
        people = Professional.objects.filter(business=business, resource__is_active=True)
        self.offer("professional", people.select_related("resource"))

    def clean(self) -> dict[str, Any]:
        """A professional without a calendar would see an empty desk."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("role") == Role.PROFESSIONAL and not given.get("professional"):
            self.add_error("professional", _("Choose whose appointments they see."))
        return given


def role_hints() -> dict[str, str]:
    """What each role may do, in a sentence."""
    return {
        Role.OWNER.value: _("Everything, settings and staff too."),
        Role.FRONT_DESK.value: _("The whole calendar, all clients, time off. No other settings."),
        Role.PROFESSIONAL.value: _("Their own appointments and the clients who come to them."),
    }


def team(request: DoorRequest, business: str) -> HttpResponse:
    """List who may sign in, and the invitations that wait for an answer."""
    desk = desk_of(request)
    members = Membership.objects.filter(business=desk.business, ended_at__isnull=True)
    waiting = Invitation.objects.filter(
        business=desk.business, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    words = dict(ROLES)
    return settings_page(
        request,
        "team",
        desk,
        title=_("Staff and roles"),
        members=[
            (one, words[one.role])
            for one in members.select_related("account", "professional__resource").order_by(
                "created_at", "id"
            )
        ],
        waiting=[
            (one, words[one.role], one.expires_at <= desk.now)
            for one in waiting.order_by("-created_at")
        ],
        me=request.user,
    )


def role(request: DoorRequest, business: str, membership_id: UUID) -> HttpResponse:
    """Give somebody another role; it holds from their next request on."""
    desk = desk_of(request)
    member = _member(desk, membership_id)
    form = RoleForm(
        request.POST or None,
        business=desk.business,
        initial={"role": member.role, "professional": member.professional_id},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(change_role, membership=member, by=desk.actor, now=desk.now, **given)
        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=member.account.name or member.account.email,
        back=BACK,
        trail=[(_("Staff and roles"), BACK)],
        template="role",
        role_hints=role_hints(),
        member=member,
    )


def end(request: DoorRequest, business: str, membership_id: UUID) -> HttpResponse:
    """Say what it does, then end somebody's work here."""
    desk = desk_of(request)
    member = _member(desk, membership_id)
    name = member.account.name or member.account.email
    refused = ""
    if request.method == "POST":
        try:
            end_membership(membership=member, by=desk.actor, now=desk.now)
        except Refusal as refusal:
            refused = office_refusals.sentence_of(refusal)
        else:
            told(request, _("%(name)s can no longer sign in here.") % {"name": name})
            return redirect("desk:home" if member.account == request.user else here(desk, BACK))
    return settings_page(
        request,
        "end",
        desk,
        title=_("Take %(name)s off the desk?") % {"name": name},
        trail=[(_("Staff and roles"), BACK)],
        status=422 if refused else 200,
        refused=refused,
        back=here(desk, BACK),
    )


def _member(desk: Desk, membership_id: UUID) -> Membership:
    found = (
        Membership.objects.filter(business=desk.business, pk=membership_id, ended_at__isnull=True)
        .select_related("account", "professional__resource")
        .first()
    )
    if found is None:
        raise Http404
    return found
