"""The form of a sale: what, from when, how it is paid, and what stands in the fold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.models import Professional, SalesPolicy
from clientela.ledger.models import Method
from clientela.web.desk.sales.amounts import AmountField
from clientela.web.desk.sales.dates import OTHER
from clientela.web.desk.sales.offers import Tile, find

PAID_BACK = timedelta(days=365)
LATER, LINK = "later", "link"


class Held(StrEnum):
    """What the page carries from one press to the next."""

    KEY = "key"
    EXPECTS = "expects"
    APPOINTMENT = "appointment"


class SaleForm(forms.Form):
    """Everything about a sale. A price or an amount left empty is the whole."""

    what = forms.CharField(max_length=60, required=False)
    applies = forms.CharField(max_length=10, required=False)
    other = forms.DateField(
        label=gettext_lazy("Application date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write a date.")},
    )
    pay = forms.CharField(max_length=10, required=False)
    amount = forms.CharField(required=False)  # made anew for the currency, see __init__
    paid_on = forms.DateField(
        label=gettext_lazy("Received on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write a date.")},
    )
    price = forms.CharField(required=False)  # likewise
    professional: forms.ModelChoiceField[Professional] = forms.ModelChoiceField(
        label=gettext_lazy("Counts for"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
        help_text=gettext_lazy("In the reports, by professional."),
    )
    appointment = forms.UUIDField(required=False)
    expects = forms.CharField(max_length=80, required=False)
    key = forms.CharField(max_length=64, required=False)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        initial: dict[str, Any],
        tiles: Sequence[Tile],
        ways: Sequence[str],
        currency: str,
        today: date,
        professionals: Any,  # noqa: ANN401 -- a queryset
    ) -> None:
        """Read amounts in the currency, and days up to today."""
        self.tiles, self.ways, self.today = tiles, ways, today
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.fields["amount"] = AmountField(
            label=_("Amount"), required=False, currency=currency, help_text=_("Empty: all of it.")
        )
        self.fields["price"] = AmountField(
            label=_("Another price"),
            required=False,
            least=0,
            currency=currency,
            help_text=_("Only for this sale. It is kept in the history, with your name."),
        )
        people = self.fields["professional"]
        assert isinstance(people, forms.ModelChoiceField)  # noqa: S101 -- declared above
        people.queryset = professionals

    def clean_what(self) -> Tile:
        """What is sold, among what can be."""
        tile = find(self.tiles, self.cleaned_data["what"])
        if tile is None:
            raise forms.ValidationError(_("Choose what to sell."))
        return tile

    def clean_pay(self) -> str:
        """How it is paid, among the ways there are."""
        pay = self.cleaned_data["pay"] or LATER
        if pay not in self.ways:
            raise forms.ValidationError(_("Choose how it is paid."))
        return str(pay)

    def clean_paid_on(self) -> date:
        """The day the money came: today, or up to a year back."""
        on = self.cleaned_data["paid_on"] or self.today
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if on < self.today - PAID_BACK:
            raise forms.ValidationError(_("At most a year back."))
        return on

    def clean(self) -> dict[str, Any]:
        """Another day must be written; more than the price cannot be taken."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("applies") == OTHER and not given.get("other") and "other" not in self.errors:
            self.add_error("other", _("Write a date."))
        tile, amount = given.get("what"), given.get("amount")
        if tile is None or amount is None or given.get("pay") not in list(Method):
            return given
        price = tile.price_minor if given.get("price") is None else given["price"]
        if amount > price:
            self.add_error("amount", _("This is more than the price."))
        return given

    def applies_on(self) -> date:
        """Return the application date that was chosen; today where none was."""
        applies = self.cleaned_data.get("applies", "")
        if applies == OTHER:
            return self.cleaned_data.get("other") or self.today
        try:
            return date.fromisoformat(applies)
        except ValueError:
            return self.today


def ways_of(policy: SalesPolicy | None, *, link: bool) -> list[str]:
    """Return the ways of paying that a business takes: later first, then at the desk, then by a link."""
    taken = policy or SalesPolicy()
    ways = [LATER]
    ways += [Method.CASH.value] * taken.takes_cash
    ways += [Method.TERMINAL.value] * taken.takes_terminal
    ways += [Method.TRANSFER.value] * taken.takes_transfer
    return ways + [LINK] * link
