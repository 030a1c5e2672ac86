"""Giving the business up, and taking it up again while its grace lasts."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.queries.clients_ahead import clients_ahead
from clientela.business.actions.close_business import close_business
from clientela.business.actions.reopen_business import reopen_business
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import office_refusals
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.still_you import fresh_page

HERE = "settings-closing"


class ClosingForm(SettingsForm):
    """The name of the business, typed as a confirmation."""

    name = forms.CharField(
        label=gettext_lazy("The name of the business, to confirm"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the name of the business.")},
    )


@fresh_page
def closing(request: DoorRequest, business: str) -> HttpResponse:
    """Say what would happen, and do it for whoever typed the name; a closed business may be opened again here."""
    desk = desk_of(request)
    if request.method == "POST" and "reopen" in request.POST:
        return _reopen(request, desk)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            name = form.cleaned_data["name"]
            close_business(business=desk.business, name_typed=name, by=desk.actor, now=desk.now)

        answer = saved(request, desk, form, act, then=HERE, text=_("The business is closed."))
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Give up this business"),
        back="settings",
        template="closing",
        clients=clients_ahead(now=desk.now),
        grace=settings.ERASURE_GRACE,
        zone=desk.place_zone,
        may_reopen=desk.business.erase_at is not None and desk.business.erase_at > desk.now,
    )


def _reopen(request: DoorRequest, desk: Desk) -> HttpResponse:
    try:
        reopen_business(business=desk.business, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        told(request, office_refusals.sentence_of(refusal))
    else:
        told(request, _("The business is open again, and its booking page too."))
    return redirect(here(desk, HERE))
