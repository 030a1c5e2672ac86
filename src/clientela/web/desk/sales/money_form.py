"""The forms of money: what was handed over, and what is given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.ledger.models import Method
from clientela.web.desk.sales.amounts import AmountField
from clientela.web.desk.sales.methods import method_words

PAID_BACK = timedelta(days=365)
LONGEST_NOTE, LONGEST_REASON = 200, 300


def day_widget() -> forms.DateInput:
    """The device's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PaidOnField(forms.DateField):
    """The day money came: today, or up to a year back."""

    def __init__(self, *, today: date) -> None:
        """Begin with today."""
        self.today = today
        super().__init__(
            label=_("Received on"),
            required=False,
            initial=today,
            widget=day_widget(),
            error_messages={"invalid": _("Write a date.")},
        )

    def clean(self, value: Any) -> date:  # noqa: ANN401 -- a field's own signature
        """Refuse a day to come, or one so far back that it must be a slip."""
        on = super().clean(value) or self.today
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if on < self.today - PAID_BACK:
            raise forms.ValidationError(_("At most a year back."))
        return on


class MethodField(forms.ChoiceField):
    """How money is handed over, as tiles."""

    def __init__(self, *, label: str, methods: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a ChoiceField takes
        """Offer these."""
        super().__init__(
            label=label,
            choices=[(one, method_words(one)) for one in methods],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose how."), "invalid_choice": _("Choose how.")},
            **kwargs,
        )


class PayForm(forms.Form):
    """Money for a sale: how, how much, when it came."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("For the staff, such as the number of the slip."),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        methods: Sequence[str],
        due: int,
        currency: str,
        today: date,
    ) -> None:
        """Begin with all that is due, today."""
        super().__init__(data, use_required_attribute=False)
        self.fields["method"] = MethodField(
            label=_("How"), methods=methods, initial=methods[0] if methods else None
        )
        self.fields["amount"] = AmountField(
            label=_("Amount"),
            currency=currency,
            most=due,
            initial=due,
            help_text=_("A part of it is fine: the rest stays to be paid."),
            error_messages={"required": _("Write the amount.")},
        )
        self.fields["paid_on"] = PaidOnField(today=today)
        self.order_fields(["method", "amount", "paid_on", "note"])


class ReasonField(forms.CharField):
    """Why, in the words that stand in the history and on the credit note."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever a CharField takes
        """A short sentence is asked for."""
        super().__init__(
            label=_("Why?"),
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": _("Say why: it stands in the history.")},
            **kwargs,
        )


class GiveBackForm(forms.Form):
    """Money to give back: how much, how, and why."""

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        methods: Sequence[str],
        most: int,
        currency: str,
        ask_amount: bool = True,
    ) -> None:
        """Begin with all that was paid. A void sale gives all of it back, so it asks no amount."""
        super().__init__(data, use_required_attribute=False)
        if ask_amount:
            self.fields["amount"] = AmountField(
                label=_("Amount"),
                currency=currency,
                most=most,
                initial=most,
                error_messages={"required": _("Write the amount.")},
            )
        if most and methods:
            self.fields["method"] = MethodField(
                label=_("How it goes back"), methods=methods, initial=methods[0]
            )
        self.fields["because"] = ReasonField()

    def method(self) -> Method | None:
        """The way that was chosen, if any was asked."""
        chosen = self.cleaned_data.get("method")
        return Method(chosen) if chosen else None
