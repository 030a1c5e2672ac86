"""Days on which a whole place is shut."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.models import Appointment
from clientela.booking.queries.location_clashes import location_clashes
from clientela.business.models import Location
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date, to_exact
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.actions.remove_closure import remove_closure
from clientela.schedule.models import Closure
from clientela.web.desk.settings.parts import DayField, SettingsForm
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.settings.warning import key_of, must_be_told
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

BACK = "settings-closures"
_ONE_DAY = timedelta(days=1)


class ClosureForm(SettingsForm):
    """A place and its first and last closed day."""

    plan = (("", "", ("location", "from_on", "last_on", "reason")),)
    wide = frozenset({"location", "reason"})

    location: forms.ModelChoiceField[Location] = forms.ModelChoiceField(
        label=gettext_lazy("Location"), queryset=None, empty_label=None
    )
    from_on = DayField(label=gettext_lazy("First closed day"))
    last_on = DayField(
        label=gettext_lazy("Last closed day"),
        required=False,
        help_text=gettext_lazy("Empty: only that one day."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For the desk; clients never see it."),
    )

    def __init__(self, data: Any, *, desk: Desk) -> None:  # noqa: ANN401 -- a request's data or none
        """Only the business's own places."""
        super().__init__(data)
        self.offer("location", Location.objects.filter(business=desk.business, is_active=True))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("from_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day cannot be before the first."))
        if first:
            given["until_on"] = (last or first) + _ONE_DAY
        return given


def closures(request: DoorRequest, business: str) -> HttpResponse:
    """List the coming closures, and add one; the appointments it hits are named first."""
    desk = desk_of(request)
    form = ClosureForm(request.POST or None, desk=desk)
    hit: list[Appointment] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hit = _hit(desk, given["location"], given["from_on"], given["until_on"])
        if not must_be_told(request, hit):
            columns = {name: given[name] for name in ("location", "from_on", "until_on", "reason")}
            act = partial(add_closure, **columns, by=desk.actor, now=desk.now)
            answer = saved(request, desk, form, act, then=BACK)
            if answer is not None:
                return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Closures"),
        back="settings",
        template="closures",
        coming=_coming(desk),
        hit=hit,
        knows=key_of(hit),
    )


def forget_closure(request: DoorRequest, business: str, closure_id: UUID) -> HttpResponse:
    """Take a closure back: the days follow the hours again."""
    desk = desk_of(request)
    closure = (
        Closure.objects.filter(business=desk.business, pk=closure_id)
        .select_related("location")
        .first()
    )
    if closure is None:
        raise Http404
    remove_closure(closure=closure, by=desk.actor, now=desk.now)
    told(request, _("Removed. Those days follow the opening hours again."))
    return redirect(here(desk, BACK))


def _coming(desk: Desk) -> list[tuple[Closure, date]]:
    """Closures that are not over everywhere, each with its last closed day."""
    today = local_date(desk.now, desk.place_zone) - _ONE_DAY
    rows = Closure.objects.filter(business=desk.business, until_on__gt=today)
    return [
        (one, one.until_on - _ONE_DAY)
        for one in rows.select_related("location").order_by("from_on", "id")
    ]


def _hit(desk: Desk, location: Location, first: date, until: date) -> list[Appointment]:
    starts_at, ends_at = (
        to_exact(on=on, minute=0, zone_name=location.zone, gap="after", overlap="first")
        for on in (first, until)
    )
    if ends_at <= desk.now:
        return []
    return location_clashes(location=location, from_at=max(starts_at, desk.now), until_at=ends_at)
