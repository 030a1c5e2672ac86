"""Hours, exceptions, absences and closures make sense."""

from __future__ import annotations

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_stretch
from clientela.integrations.business_file.index import exact
from clientela.integrations.business_file.problems import Problems
from clientela.rules.clock_time import NoSuchTime


def check_timetable(document: BusinessFile, *, problems: Problems) -> None:
    """Note stretches of one day that overlap, and spans that end before they start."""
    for number, hours in enumerate(document.hours):
        if hours.valid_from and hours.valid_until and hours.valid_from >= hours.valid_until:
            problems.add("must be after valid_from", "hours", number, "valid_until")
        for weekday, stretches in hours.week.items():
            _apart(stretches, problems, "hours", number, "week", weekday)
    for number, exception in enumerate(document.exceptions):
        _apart(exception.open, problems, "exceptions", number, "open")
    for number, closure in enumerate(document.closures):
        if closure.from_on >= closure.until_on:
            problems.add("must be after from_on", "closures", number, "until_on")
    _check_absences(document, problems)


def _check_absences(document: BusinessFile, problems: Problems) -> None:
    default_zone = document.locations[0].zone
    for number, absence in enumerate(document.time_off):
        zone = absence.zone or default_zone
        found = []
        for word in ("starts", "ends"):
            try:
                found.append(exact(getattr(absence, word), zone=zone))
            except NoSuchTime as error:
                problems.add(f"{error}: the clocks skip it", "time_off", number, word)
        if len(found) == len(("starts", "ends")) and found[0] >= found[1]:
            problems.add("must be after it starts", "time_off", number, "ends")


def _apart(stretches: list[str], problems: Problems, *place: str | int) -> None:
    """Note the stretches that overlap one before them."""
    read = sorted((*parse_stretch(text), number) for number, text in enumerate(stretches))
    latest = -1
    for opens, closes, number in read:
        if opens < latest:
            problems.add(f"{stretches[number]} overlaps another stretch", *place, number)
        latest = max(latest, closes)
