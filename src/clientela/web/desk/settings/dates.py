"""Days that differ: hours that replace the weekly ones on one date."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.models import Appointment
from clientela.booking.queries.newly_outside import newly_outside
from clientela.business.models import Location, Resource
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.rules.weekly_hours import DatedRow, WeeklyHours as Week
from clientela.schedule.actions.set_dated_hours import set_dated_hours
from clientela.schedule.models import DatedHours
from clientela.schedule.queries.timetables import timetables
from clientela.web.desk.settings.hours import TRAIL, date_words, found
from clientela.web.desk.settings.parts import DayField, SettingsForm
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.settings.warning import key_of, must_be_told
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.hours_form import DayHoursField


class DateForm(SettingsForm):
    """One date and its hours."""

    plan = (("", "", ("on", "hours", "note")),)
    wide = frozenset({"note"})

    on = DayField(label=gettext_lazy("Day"))
    hours = DayHoursField(
        label=gettext_lazy("Hours"),
        help_text=gettext_lazy("Such as 09:00–13:30, 15:00–20:00. Empty: closed that day."),
    )
    note = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)

    def __init__(self, data: Any, *, today: date) -> None:  # noqa: ANN401 -- a request's data or none
        """Days gone by are not changed."""
        super().__init__(data)
        self.today = today
        self.fields["on"].widget.attrs["min"] = today.isoformat()

    def clean_on(self) -> date:
        """Today or later."""
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("This day has passed already."))
        return on


def dates(
    request: DoorRequest, business: str, resource_id: UUID, location_id: UUID
) -> HttpResponse:
    """List the coming days that differ, and add one; it says first what it would leave outside."""
    desk = desk_of(request)
    resource, place = found(desk, resource_id, location_id)
    form = DateForm(request.POST or None, today=local_date(desk.now, place.zone))
    hit: list[Appointment] = []
    if request.method == "POST" and form.is_valid():
        hit = _left_outside(desk, resource, place, form.cleaned_data)
        if not must_be_told(request, hit):
            act = partial(_save, desk, resource, place, form.cleaned_data)
            answer = saved(request, desk, form, act, then="settings-hours")
            if answer is not None:
                return answer
    title = _("%(name)s: days that differ") % {"name": resource.name}
    page = partial(form_page, request, desk, form, title=title, back="settings-hours")
    return page(
        trail=TRAIL,
        template="dates",
        resource=resource,
        where=place,
        coming=_coming(resource, place, form.today),
        hit=hit,
        knows=key_of(hit),
    )


def _save(desk: Desk, resource: Resource, place: Location, given: dict[str, Any]) -> None:
    set_dated_hours(
        resource=resource,
        location=place,
        on=given["on"],
        rows=given["hours"],
        closed=not given["hours"],
        text=given["note"],
        by=desk.actor,
        now=desk.now,
    )


def forget_date(
    request: DoorRequest, business: str, resource_id: UUID, location_id: UUID
) -> HttpResponse:
    """Let a date follow the weekly hours again."""
    desk = desk_of(request)
    resource, place = found(desk, resource_id, location_id)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return redirect(here(desk, "settings-dates", resource.pk, place.pk))
    set_dated_hours(
        resource=resource, location=place, on=on, rows=None, by=desk.actor, now=desk.now
    )
    told(request, _("That day follows the weekly hours again."))
    return redirect(here(desk, "settings-dates", resource.pk, place.pk))


def _coming(resource: Resource, place: Location, today: date) -> list[tuple[date, str, str]]:
    rows = DatedHours.objects.filter(resource=resource, location=place, on__gte=today)
    return [
        (on, *date_words(list(group)))
        for on, group in groupby(rows.order_by("on", "opens_minute"), key=lambda row: row.on)
    ]


def _left_outside(
    desk: Desk, resource: Resource, place: Location, given: dict[str, Any]
) -> list[Appointment]:
    before = timetables(resource_ids=[resource.pk], location_id=place.pk)[resource.pk]
    on: date = given["on"]
    rows = [DatedRow(on, *stretch) for stretch in given["hours"]] or [DatedRow(on)]
    others = tuple(row for row in before.dated if row.on != on)
    after = Week(before.rows, (*others, *rows), before.closures)
    return newly_outside(
        resource_id=resource.pk, location=place, before=before, after=after, now=desk.now
    )
