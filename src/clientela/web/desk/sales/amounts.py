"""An amount of money as people write it, read into whole minor units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clientela.rules.money import LARGEST_PRICE, Money
from clientela.web.design.figures import money

MOST_MINOR = LARGEST_PRICE
"""The highest price or payment."""
_WRITTEN = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?")


class AmountField(forms.CharField):
    """Digits with a comma or a point before the cents; nothing else is an amount, neither `1e5` nor `-1`.

    `least` and `most` are minor units of `currency`; what was typed stays in the field as it was typed.
    """

    def __init__(
        self,
        *,
        currency: str,
        least: int = 1,
        most: int = MOST_MINOR,
        **kwargs: Any,  # noqa: ANN401 -- whatever a CharField takes
    ) -> None:
        """Ask for figures on a phone."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)
        self.currency, self.least, self.most = currency, least, most

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Return the minor units; nothing where nothing was written."""
        text = re.sub(r"\s", "", super().to_python(value) or "")
        if not text:
            return None
        minor = _minor(text, self.currency)
        if minor is None:
            raise forms.ValidationError(
                _("Write an amount in figures, such as %(example)s.")
                % {"example": written(4850, self.currency)}
            )
        if minor < self.least:
            raise forms.ValidationError(
                _("At least %(amount)s.") % {"amount": money(self.least, self.currency)}
            )
        if minor > self.most:
            raise forms.ValidationError(
                _("At most %(amount)s.") % {"amount": money(self.most, self.currency)}
            )
        return minor

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Minor units as they would be typed; what somebody typed stays as it is."""
        return written(value, self.currency) if isinstance(value, int) else value


def written(minor: int, currency: str) -> str:
    """Return an amount as it is typed into a field: `48.50`."""
    return f"{Money(minor, currency).major:f}"


def _minor(text: str, currency: str) -> int | None:
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        return Money.of_major(Decimal(text.replace(",", ".")), currency).minor
    except ValueError:
        return None
