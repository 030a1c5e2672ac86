"""A form of the settings in titled parts, so that one template draws all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clientela.platform.refusal import Refusal
from clientela.web.form_refusals import put_refusal

Words = str | Promise
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
PartPlan = tuple[Words, Words, Sequence[str]]
"""Title, sentence under it, names of the fields."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields under one heading."""

    title: Words
    words: Words
    fields: Sequence[forms.BoundField]
    switches: Sequence[forms.BoundField]


class SettingsForm(forms.Form):
    """A form that knows its parts. Fields named in ``wide`` take the whole row."""

    plan: ClassVar[Sequence[PartPlan]] = ()
    wide: ClassVar[frozenset[str]] = frozenset()

    def parts(self) -> Iterator[Part]:
        """The fields as the template draws them: what is written first, then what is switched."""
        for title, words, names in self.plan:
            bound = [self[name] for name in names if name in self.fields]
            if bound:
                switches = [one for one in bound if _is_switch(one)]
                yield Part(title, words, [one for one in bound if one not in switches], switches)

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a choice be made among these rows only."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared so by the form that asks
        field.queryset = rows

    def refuse(self, refusal: Refusal) -> None:
        """Put what an action refused beside the field it blames."""
        put_refusal(self, refusal)


def _is_switch(bound: forms.BoundField) -> bool:
    return type(bound.field.widget) is forms.CheckboxInput


class HoursField(forms.DecimalField):
    """A length that people give in hours and the program keeps in whole minutes."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a DecimalField takes
        """At most a year; a quarter of an hour is 0.25."""
        widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
        super().__init__(
            min_value=0, max_value=8784, max_digits=6, decimal_places=2, widget=widget, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Minutes as hours; what somebody typed stays as it is."""
        if isinstance(value, int):
            return f"{value / 60:.2f}".rstrip("0").rstrip(".")
        return value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Hours as minutes; nothing stays nothing."""
        hours = super().clean(value)
        return None if hours is None else int(hours * 60)


class DayField(forms.DateField):
    """A date, with the device's own calendar; only years in which somebody could come."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a DateField takes
        """ISO inside, the reader's own writing on the screen."""
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Refuse the typing error that lands in another century."""
        on = super().clean(value)
        if on is not None and not _FIRST_YEAR <= on.year <= _LAST_YEAR:
            raise forms.ValidationError(_("Look at the year again."))
        return on
