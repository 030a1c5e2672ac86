"""Opening hours: everybody's week to read, and one week to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.models import Appointment
from clientela.booking.queries.newly_outside import newly_outside
from clientela.business.models import Location, Resource, ResourceKind
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.rules.hours_text import hours_text
from clientela.rules.weekly_hours import HoursRow, WeeklyHours as Week
from clientela.schedule.actions.rebuild_open_blocks import serves
from clientela.schedule.actions.set_weekly_hours import set_weekly_hours
from clientela.schedule.models import DatedHours, WeeklyHours
from clientela.schedule.queries.timetables import ALWAYS, timetables
from clientela.web.design.days import weekday_heads
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, saved, settings_page
from clientela.web.desk.settings.warning import key_of, must_be_told
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.hours_form import DAYS, WeekForm, week_texts

TRAIL = ((gettext_lazy("Opening hours"), "settings-hours"),)


@dataclass(slots=True)
class Shown:
    """One resource's timetable at one location, in words."""

    resource: Resource
    location: Location
    lines: list[tuple[str, list[str]]]
    always: bool
    dates: list[tuple[date, str, str]] = field(default_factory=list)


class WeekPageForm(SettingsForm, WeekForm):
    """Seven days as text, with the parts a settings page draws."""

    plan = (("", "", tuple(name for name, _label in DAYS)),)


def hours(request: DoorRequest, business: str) -> HttpResponse:
    """Show the week of everybody and everything, place by place; a professional sees only their own."""
    desk = desk_of(request)
    places = [(place, _shown(desk, place)) for place in desk.locations]
    return settings_page(
        request, "hours", desk, title=_("Opening hours"), places=[one for one in places if one[1]]
    )


def week(request: DoorRequest, business: str, resource_id: UUID, location_id: UUID) -> HttpResponse:
    """Change one week. Before saving it names the appointments that would lie outside the new hours."""
    desk = desk_of(request)
    resource, place = found(desk, resource_id, location_id)
    kept, limited = _rows(resource, place)
    form = WeekPageForm(request.POST or None, initial=week_texts(kept))
    hit: list[Appointment] = []
    if "copy" in request.POST:
        form = WeekPageForm(initial=_monday_for_all(request))
    elif request.method == "POST" and form.is_valid():
        rows = [*form.rows(), *limited]
        hit = _left_outside(desk, resource, place, rows)
        if not must_be_told(request, hit):
            act = partial(_save, desk, resource, place, rows)
            answer = saved(request, desk, form, act, then="settings-hours")
            if answer is not None:
                return answer
    page = partial(form_page, request, desk, form, title=resource.name, back="settings-hours")
    return page(
        trail=TRAIL,
        template="week",
        where=place,
        limited=[(row, hours_text([(row.opens_minute, row.closes_minute)])) for row in limited],
        is_thing=resource.kind != ResourceKind.PROFESSIONAL,
        hit=hit,
        knows=key_of(hit),
    )


def _save(desk: Desk, resource: Resource, place: Location, rows: Sequence[HoursRow]) -> None:
    set_weekly_hours(resource=resource, location=place, rows=rows, by=desk.actor, now=desk.now)


def found(desk: Desk, resource_id: UUID, location_id: UUID) -> tuple[Resource, Location]:
    """Return a resource and a location it can serve; anything else does not exist."""
    resource = Resource.objects.filter(business=desk.business, pk=resource_id).first()
    place = Location.objects.filter(business=desk.business, pk=location_id).first()
    if resource is None or place is None or not serves(resource=resource, location=place):
        raise Http404
    return resource, place


def day_lines(rows: Iterable[HoursRow]) -> list[tuple[str, list[str]]]:
    """A week in as few lines as it takes: `Monday – Friday`, with its stretches; closed days are left out."""
    texts = week_texts(list(rows))
    names = [whole for _letter, whole in weekday_heads()]
    days = [(names[index], texts[name]) for index, (name, _label) in enumerate(DAYS)]
    lines = []
    for text, group in groupby(days, key=lambda day: day[1]):
        together = [name for name, _text in group]
        if text:
            ends = {together[0]: None, together[-1]: None}
            lines.append((" – ".join(ends), text.split(", ")))
    return lines


def _shown(desk: Desk, place: Location) -> list[Shown]:
    resources = Resource.objects.filter(business=desk.business, is_active=True)
    if not desk.sees_all:
        resources = resources.filter(pk=desk.own.pk) if desk.own else resources.none()
    here = [one for one in resources if serves(resource=one, location=place)]
    here.sort(key=lambda one: one.kind != ResourceKind.PROFESSIONAL)  # people before things
    ids = [one.pk for one in here]
    weeks: dict[UUID, list[HoursRow]] = {pk: [] for pk in ids}
    for row in WeeklyHours.objects.filter(resource__in=ids, location=place):
        weeks[row.resource_id].append(_plain(row))
    today = local_date(desk.now, place.zone)
    found_rows = [
        Shown(
            resource=one,
            location=place,
            lines=day_lines(row for row in weeks[one.pk] if row.is_valid_on(today)),
            always=not weeks[one.pk] and one.kind != ResourceKind.PROFESSIONAL,
        )
        for one in here
    ]
    _add_dates({one.resource.pk: one for one in found_rows}, place, today)
    return found_rows


def _add_dates(shown: dict[UUID, Shown], place: Location, today: date) -> None:
    """Put the coming days that differ with whose they are. One query."""
    rows = DatedHours.objects.filter(resource__in=shown, location=place, on__gte=today)
    for (resource_id, on), group in groupby(
        rows.order_by("resource_id", "on", "opens_minute"),
        key=lambda row: (row.resource_id, row.on),
    ):
        shown[resource_id].dates.append((on, *date_words(list(group))))


def date_words(rows: Sequence[DatedHours]) -> tuple[str, str]:
    """The hours of one date in words, blank when it is closed, and the note on it."""
    stretches = [
        (row.opens_minute, row.closes_minute)
        for row in rows
        if row.opens_minute is not None and row.closes_minute is not None
    ]
    return hours_text(stretches), next((row.note for row in rows if row.note), "")


def _rows(resource: Resource, place: Location) -> tuple[list[HoursRow], list[HoursRow]]:
    """The rows that hold for good, which the form shows, and those with an end or a beginning, which stay."""
    rows = [_plain(row) for row in WeeklyHours.objects.filter(resource=resource, location=place)]
    limited = [row for row in rows if row.valid_from or row.valid_until]
    return [row for row in rows if row not in limited], limited


def _plain(row: WeeklyHours) -> HoursRow:
    return HoursRow(
        row.weekday, row.opens_minute, row.closes_minute, row.valid_from, row.valid_until
    )


def _monday_for_all(request: DoorRequest) -> dict[str, str]:
    """What was typed, with Monday's hours on all five working days."""
    typed = {name: request.POST.get(name, "") for name, _label in DAYS}
    return typed | {name: typed["monday"] for name, _label in DAYS[:5]}


def _left_outside(
    desk: Desk, resource: Resource, place: Location, rows: Sequence[HoursRow]
) -> list[Appointment]:
    before = timetables(resource_ids=[resource.pk], location_id=place.pk)[resource.pk]
    is_thing = resource.kind != ResourceKind.PROFESSIONAL
    week_rows = tuple(rows) or (ALWAYS if is_thing else ())
    after = Week(week_rows, before.dated, before.closures)
    return newly_outside(
        resource_id=resource.pk, location=place, before=before, after=after, now=desk.now
    )
