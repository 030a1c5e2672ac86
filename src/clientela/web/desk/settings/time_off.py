"""Absences of people and repairs of things. The front desk may enter them too."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.models import Appointment
from clientela.booking.queries.clashes import clashes
from clientela.business.models import Resource
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import to_exact
from clientela.rules.frame import CELL_MINUTES
from clientela.schedule.actions.add_time_off import add_time_off
from clientela.schedule.actions.remove_time_off import remove_time_off
from clientela.schedule.models import TimeOff
from clientela.web.desk.settings.parts import DayField, SettingsForm
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.settings.warning import key_of, must_be_told
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

BACK = "settings-time-off"
_TIME = {"type": "time", "step": "300"}


class TimeOffForm(SettingsForm):
    """Who is away, from when until when. Without times, whole days are meant."""

    plan = (
        ("", "", ("resource", "from_on", "from_time", "until_on", "until_time", "zone", "reason")),
    )
    wide = frozenset({"resource", "reason", "zone"})

    resource: forms.ModelChoiceField[Resource] = forms.ModelChoiceField(
        label=gettext_lazy("Who or what"), queryset=None, empty_label=None
    )
    from_on = DayField(label=gettext_lazy("First day"))
    from_time = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs=_TIME),
        help_text=gettext_lazy("Empty: from the start of the day."),
    )
    until_on = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: the same day."),
    )
    until_time = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs=_TIME),
        help_text=gettext_lazy("Empty: to the end of the day."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("In the time of"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For the desk; clients never see it."),
    )

    def __init__(self, data: Any, *, desk: Desk) -> None:  # noqa: ANN401 -- a request's data or none
        """Only the business's own people and things; a zone is asked only where there are several."""
        super().__init__(data)
        self.offer("resource", Resource.objects.filter(business=desk.business, is_active=True))
        self.zones = list(dict.fromkeys(place.zone for place in desk.locations)) or [
            desk.place_zone
        ]
        self.fields["zone"] = forms.ChoiceField(
            label=self.fields["zone"].label, choices=[(zone, zone) for zone in self.zones]
        )
        if len(self.zones) == 1:
            del self.fields["zone"]

    def clean(self) -> dict[str, Any]:
        """Turn dates and times into the exact stretch ``[starts_at, ends_at)``."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        zone = given.get("zone") or self.zones[0]
        last = given["until_on"] or given["from_on"]
        given["starts_at"] = self._exact("from_time", given["from_on"], zone, otherwise=0)
        given["ends_at"] = self._exact("until_time", last, zone, otherwise=24 * 60)
        if not self.errors and given["ends_at"] <= given["starts_at"]:
            self.add_error("until_on", _("The end must be later than the start."))
        return given

    def _exact(self, name: str, on: date, zone: str, *, otherwise: int) -> datetime | None:
        at: time | None = self.cleaned_data.get(name)
        minute = otherwise if at is None else at.hour * 60 + at.minute
        if minute % CELL_MINUTES:
            self.add_error(name, _("Use minutes in steps of five."))
            return None
        return to_exact(on=on, minute=minute, zone_name=zone, gap="after", overlap="first")


def time_off(request: DoorRequest, business: str) -> HttpResponse:
    """List present and coming absences, and add one; the appointments it hits are named first."""
    desk = desk_of(request)
    form = TimeOffForm(request.POST or None, desk=desk)
    hit: list[Appointment] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hit = _hit(desk, given)
        if not must_be_told(request, hit):
            columns = {name: given[name] for name in ("resource", "starts_at", "ends_at", "reason")}
            act = partial(add_time_off, **columns, by=desk.actor, now=desk.now)
            answer = saved(request, desk, form, act, then=BACK)
            if answer is not None:
                return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Time off"),
        back="settings",
        template="time_off",
        away=_coming(desk),
        place_zone=desk.place_zone,
        hit=hit,
        knows=key_of(hit),
    )


def forget_time_off(request: DoorRequest, business: str, time_off_id: UUID) -> HttpResponse:
    """Take an absence back: its stretch can be booked again."""
    desk = desk_of(request)
    absence = (
        TimeOff.objects.filter(business=desk.business, pk=time_off_id)
        .select_related("resource")
        .first()
    )
    if absence is None:
        raise Http404
    remove_time_off(time_off=absence, by=desk.actor, now=desk.now)
    told(request, _("Removed. That time can be booked again."))
    return redirect(here(desk, BACK))


def _coming(desk: Desk) -> list[TimeOff]:
    rows = TimeOff.objects.filter(business=desk.business, ends_at__gt=desk.now)
    return list(rows.select_related("resource").order_by("starts_at", "id")[:200])


def _hit(desk: Desk, given: dict[str, Any]) -> list[Appointment]:
    """Open appointments from now on in the stretch."""
    ends_at: datetime = given["ends_at"]
    starts_at = max(given["starts_at"], desk.now)
    if ends_at <= starts_at:
        return []
    return clashes(resource_ids=[given["resource"].pk], from_at=starts_at, until_at=ends_at)
