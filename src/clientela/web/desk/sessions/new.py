"""Put a group session on the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.schedule_session import schedule_session
from clientela.booking.models import Session
from clientela.business.models import Professional
from clientela.catalogue.models import Service
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.web import refusals
from clientela.web.desk.choices import professionals_of, services_for
from clientela.web.desk.frame import desk_page
from clientela.web.desk.picking import FARTHEST
from clientela.web.desk.reasons import refusal_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

WRONG, LOST = 422, 409
MOST_SEATS = 500


class SessionForm(forms.Form):
    """Which group, where, with whom, when, and how many places. Times are read in the desk's zone."""

    service = forms.ChoiceField(label=gettext_lazy("Group service"))
    professional = forms.ChoiceField(label=gettext_lazy("With whom"), required=False)
    location = forms.ChoiceField(label=gettext_lazy("Where"))
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time", "step": 300})
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("As many as the service has, unless you say otherwise."),
    )
    override = forms.BooleanField(
        label=gettext_lazy("Also outside the hours of those it needs"), required=False
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- what Django hands over
        *,
        desk: Desk,
        groups: list[Service],
        initial: dict[str, object] | None = None,
    ) -> None:
        """Offer the group services, everybody who gives one, and the locations."""
        super().__init__(data, use_required_attribute=False, initial=initial)
        self.desk = desk
        self.groups = {str(one.pk): one for one in groups}
        people = [person for one in groups for person in professionals_of(one, desk)]
        self.people: dict[str, Professional] = {str(one.pk): one for one in people}
        self.places = {str(one.pk): one for one in desk.locations}
        self._offer("service", {key: one.name for key, one in self.groups.items()})
        names = {key: one.name for key, one in self.people.items()}
        self._offer("professional", ({"": _("Whoever is free")} if desk.sees_all else {}) | names)
        self._offer("location", {key: one.name for key, one in self.places.items()})

    def _offer(self, name: str, options: dict[str, str]) -> None:
        self.fields[name].choices = list(options.items())  # type: ignore[attr-defined]  # choice fields all

    def clean(self) -> dict[str, Any]:
        """Turn day and time into the exact start; a time that the clocks jump over does not exist."""
        given = super().clean() or {}
        day, at = given.get("day"), given.get("at")
        if day is None or at is None:
            return given
        try:
            given["starts_at"] = clock_time.to_exact(
                on=day,
                minute=at.hour * 60 + at.minute,
                zone_name=self.desk.zone,
                gap="refuse",
                overlap="first",
            )
        except clock_time.NoSuchTime:
            self.add_error("at", refusals.sentence("no-such-time"))
            return given
        except ValueError:
            self.add_error("day", _("That day is too far away."))
            return given
        if abs(given["starts_at"] - self.desk.now) > FARTHEST:
            self.add_error("day", _("That day is too far away."))
        return given


def new_session(request: DoorRequest, business: str) -> HttpResponse:
    """GET asks which group and when; POST puts it on the calendar."""
    desk = desk_of(request)
    groups = [one for one in services_for(desk) if one.is_group]
    if request.method != "POST":
        return _page(
            request, desk, SessionForm(desk=desk, groups=groups, initial=_initial(request, desk))
        )
    form = SessionForm(request.POST, desk=desk, groups=groups)
    if not form.is_valid():
        return _page(request, desk, form, status=WRONG)
    try:
        one = _schedule(desk, form)
    except Refusal as refusal:
        start: datetime = form.cleaned_data["starts_at"]
        for words in refusal_words(refusal, start=start, zone=desk.zone):
            form.add_error(None, words)
        return _page(request, desk, form, status=LOST)
    told(request, _("The session is on the calendar."))
    return redirect("desk:session", business, one.pk)


def _schedule(desk: Desk, form: SessionForm) -> Session:
    given = form.cleaned_data
    return schedule_session(
        business=desk.business,
        service=form.groups[given["service"]],
        starts_at=given["starts_at"],
        professional=form.people.get(given["professional"]) or desk.own,
        location=form.places[given["location"]],
        seats=given["seats"],
        by=desk.actor,
        overrides=Overrides(outside_hours=given["override"]),
        now=desk.now,
    )


def _initial(request: DoorRequest, desk: Desk) -> dict[str, object]:
    """The day that was looked at."""
    try:
        day = date.fromisoformat(request.GET.get("day", "")[:10])
    except ValueError:
        day = clock_time.local_date(desk.now, desk.zone)
    return {"day": day}


def _page(
    request: DoorRequest, desk: Desk, form: SessionForm, *, status: int = 200
) -> HttpResponse:
    return desk_page(
        request,
        "desk/new_session.html",
        desk,
        place="calendar",
        status=status,
        form=form,
        has_groups=bool(form.groups),
    )
