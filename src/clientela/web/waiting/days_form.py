"""The days and the part of the day for which somebody wants to be told: on the booking page and at the desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.rules.waiting import LONGEST_DAYS
from clientela.web.waiting.hours import ANY, PARTS, choices

USUAL_DAYS: Final = 14


class DaysForm(forms.Form):
    """The days and the part of the day. ``today`` is the date at the place."""

    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hours = forms.ChoiceField(label=gettext_lazy("Time of day"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- a form's
        """Offer the parts of a day, and the days that may be chosen."""
        super().__init__(*args, **kwargs)
        self.today = today
        hours = self.fields["hours"]
        assert isinstance(hours, forms.ChoiceField)  # noqa: S101 -- declared above
        hours.choices = choices()
        for name in ("first_day", "last_day"):
            last = today + timedelta(days=LONGEST_DAYS)
            self.fields[name].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def clean(self) -> dict[str, Any]:
        """Days run forward, are not over, and end within the time for which somebody may wait."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if not (first and last):
            return given
        if last < first:
            self.add_error("last_day", _("This day is before the first one."))
        elif last < self.today:
            self.add_error("last_day", _("This day is over."))
        elif last > self.today + timedelta(days=LONGEST_DAYS):
            self.add_error("last_day", _("Choose a day within the next three months."))
        return given

    def wished(self) -> dict[str, Any]:
        """Return days and minutes as the action takes them, once the form is clean."""
        part = PARTS[self.cleaned_data["hours"]]
        return {
            "first_day": self.cleaned_data["first_day"],
            "last_day": self.cleaned_data["last_day"],
            "from_minute": part.from_minute,
            "until_minute": part.until_minute,
        }


def usual(first_day: date, *, today: date) -> dict[str, Any]:
    """What stands in the form before anything was chosen: two weeks, at any time."""
    last_day = min(first_day + timedelta(days=USUAL_DAYS - 1), today + timedelta(days=LONGEST_DAYS))
    return {"first_day": first_day, "last_day": last_day, "hours": ANY}
