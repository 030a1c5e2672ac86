"""The form of a service: what it is, when it can be booked, who gives it and what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.models import Business, Professional, Resource, ResourceKind
from clientela.catalogue.actions.set_offers import Needs
from clientela.catalogue.models import Service
from clientela.web.desk.settings.parts import HoursField
from clientela.web.desk.settings.service_money import MONEY, ServiceMoneyForm, shown_amounts

MINUTES = ("duration_minutes", "buffer_before_minutes", "buffer_after_minutes", "grid_minutes")
SPARE_NEEDS = 1
"""Empty lines for further needs; the next one appears when this one is used and saved."""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One thing that the service needs, as two fields."""

    name: forms.BoundField
    options: forms.BoundField


def _minutes(label: Any, *, least: int = 0, hint: Any = "") -> forms.IntegerField:  # noqa: ANN401 -- text, said later
    return forms.IntegerField(
        label=label, min_value=least, max_value=1440, step_size=5, help_text=hint
    )


class ServiceForm(ServiceMoneyForm):
    """All of a service. Lengths are minutes in steps of five; notice and cut-offs are hours."""

    plan = (
        (gettext_lazy("What clients read"), "", ("name", "description")),
        (
            gettext_lazy("Price and payment"),
            gettext_lazy("What is booked already keeps the price it was booked at."),
            MONEY,
        ),
        (
            gettext_lazy("Length"),
            gettext_lazy(
                "The time before and after is kept free for you; clients are not told of it."
            ),
            MINUTES,
        ),
        (
            gettext_lazy("When it can be booked"),
            "",
            ("lead_minutes", "horizon_days", "is_online", "needs_approval", "is_remote"),
        ),
        (
            gettext_lazy("Groups"),
            gettext_lazy("With more than one place, clients book a place in a session."),
            ("capacity", "opens_sessions"),
        ),
        (
            gettext_lazy("Changes by clients"),
            gettext_lazy("Leave them empty to follow the booking policies of the business."),
            ("reschedule_closes_minutes", "cancel_closes_minutes", "cancel_free_minutes"),
        ),
        (gettext_lazy("Who gives it"), "", ("professionals",)),
    )
    wide = frozenset({"name", "description", "professionals", "pays_online"})

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    description = forms.CharField(label=gettext_lazy("In one line"), max_length=400, required=False)
    duration_minutes = _minutes(gettext_lazy("Minutes"), least=5)
    buffer_before_minutes = _minutes(gettext_lazy("Minutes kept free before"))
    buffer_after_minutes = _minutes(gettext_lazy("Minutes kept free afterwards"))
    grid_minutes = _minutes(
        gettext_lazy("Starts every … minutes"),
        least=5,
        hint=gettext_lazy("30: on the hour and the half hour."),
    )
    lead_minutes = HoursField(
        label=gettext_lazy("Shortest notice, in hours"),
        help_text=gettext_lazy("The desk can always book at shorter notice."),
    )
    horizon_days = forms.IntegerField(
        label=gettext_lazy("Days the calendar is open ahead"), min_value=0, max_value=730
    )
    capacity = forms.IntegerField(label=gettext_lazy("Places at once"), min_value=1, max_value=1000)
    opens_sessions = forms.BooleanField(
        label=gettext_lazy("The first client opens a session"),
        help_text=gettext_lazy("Switched off, sessions are put in the calendar by the desk."),
        required=False,
    )
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Somebody confirms each request"),
        help_text=gettext_lazy("The time is held until you answer."),
        required=False,
    )
    is_remote = forms.BooleanField(label=gettext_lazy("Takes place online"), required=False)
    is_online = forms.BooleanField(
        label=gettext_lazy("Clients can book it online"),
        help_text=gettext_lazy("Switched off, only the desk books it."),
        required=False,
    )
    reschedule_closes_minutes = HoursField(
        label=gettext_lazy("Reschedule until … hours before"), required=False
    )
    cancel_closes_minutes = HoursField(
        label=gettext_lazy("Cancel until … hours before"), required=False
    )
    cancel_free_minutes = HoursField(
        label=gettext_lazy("The credit comes back until … hours before"), required=False
    )
    professionals: forms.ModelMultipleChoiceField[Professional] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Professionals"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody ticked: it cannot be booked."),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        business: Business,
        service: Service | None = None,
    ) -> None:
        """Show a service as it is, or the values a new one begins with."""
        self.currency = business.currency
        self.given = _needs_of(service)
        shown = service or Service()
        initial = {name: getattr(shown, name) for name in _columns()} | shown_amounts(shown)
        super().__init__(data, initial=initial)
        self.ask_amounts(business.currency)
        self._offer_people(business, service)
        self._offer_needs(business)

    def needs_lines(self) -> Iterator[NeedLine]:
        """The needs there are, and an empty line for the next."""
        for index in range(self.lines):
            yield NeedLine(self[f"need_{index}_name"], self[f"need_{index}_options"])

    def columns(self) -> dict[str, Any]:
        """What was given, as the action takes it."""
        return {name: self.cleaned_data[name] for name in _columns()} | self.amounts()

    def needs(self) -> Needs:
        """What is needed at once: a name and any one of some things. A line without things is none."""
        found = []
        for index in range(self.lines):
            things = list(self.cleaned_data[f"need_{index}_options"])
            name = self.cleaned_data[f"need_{index}_name"].strip()
            if things:
                found.append((name or " / ".join(thing.name for thing in things)[:120], things))
        return found

    def clean(self) -> dict[str, Any]:
        """A need that names no room or machine could never be met; nor a payment of nothing be made."""
        given: dict[str, Any] = super().clean() or {}
        self.clean_payment(given)
        for index in range(self.lines):
            if given.get(f"need_{index}_name", "").strip() and not given.get(
                f"need_{index}_options"
            ):
                self.add_error(
                    f"need_{index}_options", _("Tick at least one, or empty the name to drop it.")
                )
        return given

    def _offer_people(self, business: Business, service: Service | None) -> None:
        people = Professional.objects.filter(business=business, resource__is_active=True)
        self.offer("professionals", people.select_related("resource"))
        self.fields["professionals"].initial = (
            list(service.offers.values_list("professional_id", flat=True))
            if service
            else [one.pk for one in people]
        )

    def _offer_needs(self, business: Business) -> None:
        things = Resource.objects.filter(business=business).exclude(kind=ResourceKind.PROFESSIONAL)
        self.lines = len(self.given) + SPARE_NEEDS if things.exists() else 0
        for index in range(self.lines):
            name, chosen = self.given[index] if index < len(self.given) else ("", [])
            self.fields[f"need_{index}_name"] = forms.CharField(
                label=_("What is needed"), max_length=120, required=False, initial=name
            )
            self.fields[f"need_{index}_options"] = forms.ModelMultipleChoiceField(
                label=_("Any one of these"),
                queryset=things,
                required=False,
                initial=chosen,
                widget=forms.CheckboxSelectMultiple,
            )


def _columns() -> list[str]:
    """The form's fields that are columns of a service."""
    return [name for name in ServiceForm.base_fields if name != "professionals"]


def _needs_of(service: Service | None) -> list[tuple[str, list[Any]]]:
    if service is None:
        return []
    return [
        (need.name, [option.resource_id for option in need.options.all()])
        for need in service.needs.prefetch_related("options")
    ]
