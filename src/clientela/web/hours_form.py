"""A week of hours as seven lines of text."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from clientela.rules.hours_text import HoursUnreadable, hours_text, read_hours
from clientela.rules.weekly_hours import HoursRow

DAYS: Final = (
    ("monday", _("Monday")),
    ("tuesday", _("Tuesday")),
    ("wednesday", _("Wednesday")),
    ("thursday", _("Thursday")),
    ("friday", _("Friday")),
    ("saturday", _("Saturday")),
    ("sunday", _("Sunday")),
)


class DayHoursField(forms.CharField):
    """One day: "09:00–13:30, 15:00–20:00", or nothing when it is closed. Cleans to minute ranges."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a CharField takes
        """Never required: an empty day is a closed one."""
        super().__init__(required=False, max_length=120, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Read the text, or say which part of it cannot be read."""
        text = super().clean(value)
        try:
            return read_hours(text)
        except HoursUnreadable as error:
            raise forms.ValidationError(_complaint(error)) from error


class WeekForm(forms.Form):
    """Seven days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a Form takes
        """One field for each day."""
        super().__init__(*args, **kwargs)
        for name, label in DAYS:
            self.fields[name] = DayHoursField(label=label)

    @property
    def days(self) -> list[forms.BoundField]:
        """The day fields, for the template."""
        return [self[name] for name, _label in DAYS]

    def rows(self) -> list[HoursRow]:
        """The week as the schedule keeps it."""
        return [
            HoursRow(weekday, opens, closes)
            for weekday, (name, _label) in enumerate(DAYS)
            for opens, closes in self.cleaned_data[name]
        ]


def week_texts(rows: list[HoursRow]) -> dict[str, str]:
    """Rows as the form shows them."""
    return {
        name: hours_text(
            sorted((row.opens_minute, row.closes_minute) for row in rows if row.weekday == weekday)
        )
        for weekday, (name, _label) in enumerate(DAYS)
    }


def _complaint(error: HoursUnreadable) -> str:
    sentences = {
        "unreadable": gettext(
            "Write stretches such as 09:00–13:30, 15:00–20:00; “%(part)s” is none."
        ),
        "not-a-time": gettext("“%(part)s” holds a time that no clock shows."),
        "not-by-five": gettext("“%(part)s”: use minutes in steps of five."),
        "ends-before-start": gettext("“%(part)s” ends before it begins."),
        "overlap": gettext("“%(part)s” overlaps the stretch before it."),
    }
    return sentences[error.word] % {"part": error.part}
