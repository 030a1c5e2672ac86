"""How often: once, or every so many weeks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WEEKS = 12
MOST_TIMES = 52
TWO_YEARS = 104


class SeriesForm(forms.Form):
    """`count` appointments, `every_weeks` weeks apart; once is no series."""

    count = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=MOST_TIMES, initial=1
    )
    every_weeks = forms.IntegerField(
        label=_("Weeks between them"), min_value=1, max_value=MOST_WEEKS, initial=1
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 -- what Django hands over
        """What is not sent is once."""
        given = data.copy() if data is not None else None
        if given is not None:
            given.setdefault("count", "1")
            given.setdefault("every_weeks", "1")
        super().__init__(given, use_required_attribute=False)

    def clean(self) -> dict[str, Any]:
        """A series ends within two years."""
        given = super().clean() or {}
        if given.get("count", 1) * given.get("every_weeks", 1) > TWO_YEARS:
            raise forms.ValidationError(_("A series may last two years at most."))
        return given

    @property
    def repeats(self) -> bool:
        """Whether it is more than one appointment; only of a clean form."""
        return int(self.cleaned_data["count"]) > 1
