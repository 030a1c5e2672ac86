"""The form of a package: what it holds, what it costs, how long it counts and who may buy it alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.models import Business
from clientela.catalogue.models import Package, Service, SoldOnline, ValidUnit
from clientela.rules.validity import last_day
from clientela.web.desk.settings.money_fields import TaxField, price_field
from clientela.web.desk.settings.parts import SettingsForm

COLUMNS = (
    "name",
    "description",
    "credits",
    "tax_basis_points",
    "valid_count",
    "valid_unit",
    "sold_online",
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a package as typed would mean: the price of one session, and until when one bought today counts."""

    credits: int
    each_minor: int
    is_exact: bool
    until: date | None
    counts_for_ever: bool


class PackageForm(SettingsForm):
    """All of a package. What was sold keeps what was agreed."""

    plan = (
        (gettext_lazy("What clients read"), "", ("name", "description")),
        (
            gettext_lazy("What it holds"),
            gettext_lazy("Each credit pays for one appointment of any of the services ticked."),
            ("credits", "services"),
        ),
        (gettext_lazy("Price"), "", ("price_minor", "tax_basis_points")),
        (
            gettext_lazy("How long it counts"),
            gettext_lazy(
                "Counted from the application date, which you choose at the sale. Leave the number "
                "empty and it counts for ever."
            ),
            ("valid_count", "valid_unit"),
        ),
        (gettext_lazy("Buying it online"), "", ("sold_online",)),
    )
    wide = frozenset({"name", "description", "services", "sold_online"})

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    description = forms.CharField(label=gettext_lazy("In one line"), max_length=400, required=False)
    credits = forms.IntegerField(label=gettext_lazy("Sessions in it"), min_value=1, max_value=1000)
    services: forms.ModelMultipleChoiceField[Service] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Services it pays for"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one service.")},
    )
    tax_basis_points = TaxField()
    valid_count = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=3660, required=False
    )
    valid_unit = forms.ChoiceField(
        label=gettext_lazy("Days or months"),
        choices=[
            (ValidUnit.MONTH.value, gettext_lazy("months")),
            (ValidUnit.DAY.value, gettext_lazy("days")),
        ],
    )
    sold_online = forms.ChoiceField(
        label=gettext_lazy("Who may buy it alone"),
        choices=[
            (SoldOnline.NOBODY.value, gettext_lazy("Nobody: only the desk sells it")),
            (SoldOnline.CLIENTS.value, gettext_lazy("Who is a client here already")),
            (SoldOnline.ANYONE.value, gettext_lazy("Anyone who signs in")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        business: Business,
        package: Package | None = None,
        page: str,
    ) -> None:
        """Show a package as it is, or the values a new one begins with; ``page`` answers what they mean."""
        shown = package or Package(credits=10, valid_count=6)
        given = [row.service_id for row in package.covers.all()] if package else []
        initial = {name: getattr(shown, name) for name in COLUMNS} | {"services": given}
        initial["price_minor"] = shown.price_minor
        super().__init__(data, initial=initial)
        self.fields["price_minor"] = price_field(
            business.currency,
            label=_("Price"),
            hint=_("In %(currency)s, for all of it. 0: a present.")
            % {"currency": business.currency},
        )
        self.fields["price_minor"].required = True
        services = Service.objects.filter(business=business)
        self.offer("services", services.filter(Q(is_active=True) | Q(pk__in=given)))
        for name in ("credits", "price_minor", "valid_count", "valid_unit"):
            self.fields[name].widget.attrs |= _look_at(page)

    def columns(self) -> dict[str, Any]:
        """What was given, as the action takes it."""
        return {name: self.cleaned_data[name] for name in (*COLUMNS, "price_minor")}

    def meaning(self, *, on: date) -> Meaning | None:
        """What the values in the fields mean for one bought on a day; none while they are no values."""
        sessions, price = self._value("credits"), self._value("price_minor")
        count, unit = self._value("valid_count"), self._value("valid_unit")
        if not sessions or price is None:
            return None
        forever = count is None and "valid_count" not in self.errors
        return Meaning(
            credits=sessions,
            each_minor=round(price / sessions),
            is_exact=price % sessions == 0,
            until=last_day(applies_on=on, count=count, unit=unit) if count and unit else None,
            counts_for_ever=forever,
        )

    def _value(self, name: str) -> Any:  # noqa: ANN401 -- any field's value
        """A field's value, whether it was sent or is shown only; none if it is no value."""
        if not self.is_bound:
            return self.initial.get(name)
        self.full_clean()
        return self.cleaned_data.get(name)


def _look_at(page: str) -> dict[str, str]:
    """How a field asks the page, when it is changed, what the package would mean."""
    return {
        "hx-get": page,
        "hx-trigger": "change, keyup changed delay:400ms",
        "hx-target": "#meaning",
        "hx-select": "#meaning",
        "hx-swap": "outerHTML",
        "hx-include": "#id_credits, #id_price_minor, #id_valid_count, #id_valid_unit",
    }
