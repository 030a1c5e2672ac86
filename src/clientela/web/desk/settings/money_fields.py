"""What forms of things to sell ask about money: a price, the tax in it, how long it counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.rules.money import LARGEST_PRICE
from clientela.web.desk.sales.amounts import MOST_MINOR, AmountField

__all__ = ["MOST_MINOR", "AmountField", "TaxField", "price_field"]
_WHOLE: Final = 10_000
_WRITTEN: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")


class TaxField(forms.CharField):
    """A rate that people write in per cent (`21`, `5,25`) and the program keeps in hundredths of one."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a CharField takes
        """Figures on a phone; nothing written is no tax."""
        kwargs.setdefault("label", gettext_lazy("Tax in it, per cent"))
        kwargs.setdefault("help_text", gettext_lazy("Prices have it in them. Empty: none."))
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Return the hundredths of a per cent."""
        text = re.sub(r"[\s%]", "", super().to_python(value) or "")
        if not text:
            return 0
        hundredths = (
            int(Decimal(text.replace(",", ".")) * 100) if _WRITTEN.fullmatch(text) else _WHOLE + 1
        )
        if hundredths > _WHOLE:
            raise forms.ValidationError(_("Write per cent in figures, such as 21 or 5.5."))
        return hundredths

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """Hundredths as per cent; none as nothing; what somebody typed stays as it is."""
        if not isinstance(value, int):
            return value
        return f"{Decimal(value) / 100:f}" if value else ""


def price_field(currency: str, *, label: str, hint: str = "", least: int = 0) -> AmountField:
    """Return a field for an amount in the business's currency that may stay empty."""
    return AmountField(
        currency=currency,
        least=least,
        most=min(LARGEST_PRICE, MOST_MINOR),
        label=label,
        help_text=hint or _("In %(currency)s.") % {"currency": currency},
        required=False,
    )
