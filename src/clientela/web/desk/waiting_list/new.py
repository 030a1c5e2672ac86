"""Putting a client on the waiting list at their wish: at the telephone, at the counter."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.actions.join_waiting_list import Wish, join_waiting_list
from clientela.business.models import Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.web import refusals
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.waiting.days_form import DaysForm, usual

WRONG = 422


class WaitForm(DaysForm):
    """What, where, with whom and when. A professional puts people on the list for themselves only."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        None, label=gettext_lazy("Service"), empty_label=None
    )
    location: forms.ModelChoiceField[Location] = forms.ModelChoiceField(
        None, label=gettext_lazy("Where"), empty_label=None
    )
    professional: forms.ModelChoiceField[Professional] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("With"),
        required=False,
        empty_label=gettext_lazy("Whoever is free"),
    )

    def __init__(self, data: Any, *, desk: Desk, today: date) -> None:  # noqa: ANN401 -- what Django hands over
        """Offer what clients can book online here: only such times become anybody's news."""
        super().__init__(data, today=today, initial=usual(today, today=today))
        services = Service.objects.filter(business=desk.business, is_active=True, is_online=True)
        people = Professional.objects.filter(
            business=desk.business, resource__is_active=True
        ).select_related("resource")
        if not desk.sees_all:
            services = services.filter(offers__professional=desk.own)
            people = people.filter(pk=desk.own.pk if desk.own else None)
        self.choose("service", services.order_by("position", "id"))
        self.choose("location", Location.objects.filter(business=desk.business, is_active=True))
        self.choose("professional", people.order_by("resource__position", "resource_id"))
        if not desk.sees_all:
            self.fields["professional"].required = True

    def choose(self, name: str, rows: Any) -> None:  # noqa: ANN401 -- a query set of any table
        """Let a field be one of these rows; where there is one, it is not asked."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        field.queryset = rows
        if name == "location" and len(rows) == 1:
            field.widget = forms.HiddenInput()
            field.initial = rows[0].pk


def new_wait(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """GET asks for what and when; POST puts the client on the list."""
    desk = desk_of(request)
    card = desk.client(client_id)
    today = local_date(desk.now, desk.place_zone)
    form = WaitForm(request.POST if request.method == "POST" else None, desk=desk, today=today)
    if request.method != "POST":
        return _drawn(request, desk, card, form)
    if not (form.is_valid() and _joined(desk, card, form)):
        return _drawn(request, desk, card, form, status=WRONG)
    told(request, _("%(name)s is on the waiting list.") % {"name": card.record_name})
    return redirect("desk:waiting", business)


def _joined(desk: Desk, card: Client, form: WaitForm) -> bool:
    """Put the client on the list, or say in the form why not."""
    given = form.cleaned_data
    wish = Wish(
        business=desk.business,
        service=given["service"],
        location=given["location"],
        professional=given["professional"],
        language=card.language,
        zone=card.zone,
        **form.wished(),
    )
    try:
        join_waiting_list(wish=wish, client=card, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        form.add_error(None, refusals.of(refusal))
        return False
    return True


def _drawn(
    request: DoorRequest, desk: Desk, card: Client, form: WaitForm, *, status: int = 200
) -> HttpResponse:
    return desk_page(
        request,
        "waiting_list/new.html",
        desk,
        place="clients",
        status=status,
        card=card,
        form=form,
        hears=card.activated_at is not None,
    )
