"""The part of a service's form that is about money: its price, when it is paid, and what not coming costs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.catalogue.models import PaysOnline, Service
from clientela.web.desk.settings.money_fields import TaxField, price_field
from clientela.web.desk.settings.parts import SettingsForm

AMOUNTS = ("price", "deposit_minor", "no_show_fee_minor")
MONEY = (
    "price",
    "tax_basis_points",
    "pays_online",
    "deposit_minor",
    "no_show_fee_minor",
    "single_valid_days",
    "needs_credits",
)


class ServiceMoneyForm(SettingsForm):
    """What a service costs. ``ask_amounts`` adds the fields of its currency."""

    tax_basis_points = TaxField()
    needs_credits = forms.BooleanField(
        label=gettext_lazy("It is paid with sessions sold before"),
        help_text=gettext_lazy(
            "Booked without a valid package or session, the place is kept all the same, and the "
            "appointment waits as “pending redemption” until you sell one."
        ),
        required=False,
    )
    single_valid_days = forms.IntegerField(
        label=gettext_lazy("Days a single session counts"),
        help_text=gettext_lazy("Counted from its application date. Empty: for ever."),
        min_value=1,
        max_value=3660,
        required=False,
    )
    pays_online = forms.ChoiceField(
        label=gettext_lazy("Paying while booking online"),
        choices=[
            (PaysOnline.OFF.value, gettext_lazy("Nothing is paid while booking")),
            (PaysOnline.MAY.value, gettext_lazy("Clients may pay while booking")),
            (PaysOnline.DEPOSIT.value, gettext_lazy("They pay the deposit")),
            (PaysOnline.FULL.value, gettext_lazy("They pay all of it")),
        ],
        help_text=gettext_lazy("The time is held for them while they pay."),
        widget=forms.RadioSelect,
    )

    def clean_payment(self, given: dict[str, Any]) -> None:
        """Put what cannot be paid beside its field."""
        price, deposit = given.get("price") or 0, given.get("deposit_minor") or 0
        way = given.get("pays_online")
        if way != PaysOnline.OFF and not price and "price" not in self.errors:
            self.add_error("price", _("Without a price there is nothing to pay online."))
        elif way == PaysOnline.DEPOSIT and not deposit and "deposit_minor" not in self.errors:
            self.add_error("deposit_minor", _("Say how much the deposit is."))
        elif way == PaysOnline.DEPOSIT and deposit > price:
            self.add_error("deposit_minor", _("A deposit is at most the price."))

    def ask_amounts(self, currency: str) -> None:
        """The fields of money, in the currency of the business."""
        self.fields["price"] = price_field(
            currency,
            label=_("Price"),
            hint=_("In %(currency)s. Empty: free.") % {"currency": currency},
        )
        self.fields["deposit_minor"] = price_field(
            currency, label=_("Deposit"), hint=_("Only where a deposit is asked.")
        )
        self.fields["no_show_fee_minor"] = price_field(
            currency,
            label=_("Fee for not coming"),
            hint=_("With one, clients leave a card while booking. Empty: none."),
        )

    def amounts(self) -> dict[str, int]:
        """The amounts that were given, as the action takes them; nothing written is nothing."""
        return {_column(name): self.cleaned_data[name] or 0 for name in AMOUNTS}


def shown_amounts(service: Service) -> dict[str, int | None]:
    """The amounts of a service as its form shows them: an empty field for nothing."""
    return {name: getattr(service, _column(name)) or None for name in AMOUNTS}


def _column(name: str) -> str:
    return "price_minor" if name == "price" else name
