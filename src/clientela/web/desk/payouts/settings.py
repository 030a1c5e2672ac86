"""How new and returning are told apart, and which share of a visit is the professional's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.queries.marker_policy import OtherReading, other_readings, policy_in_force
from clientela.business.models import Professional
from clientela.catalogue.models import Service
from clientela.payouts.actions.add_commission import add_commission
from clientela.payouts.models import CommissionRule
from clientela.policy.door_request import DoorRequest
from clientela.rules.attribution import MarkerPolicy
from clientela.rules.clock_time import local_date
from clientela.web.desk.settings.parts import DayField, SettingsForm
from clientela.web.desk.settings.shell import SELLING, Trail, saved, settings_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.marker_words import POLICIES, POLICY_HINTS

TRAIL: Trail = ((gettext_lazy("Sales and payments"), f"settings#{SELLING}"),)
LOOKED_BACK: Final = timedelta(days=90)
_HUNDRED: Final = 100


class CountingForm(SettingsForm):
    """By which policy bookings are marked."""

    policy = forms.ChoiceField(
        label=gettext_lazy("Who counts as returning"),
        choices=[(one.value, words) for one, words in POLICIES.items()],
        widget=forms.RadioSelect,
    )


class CommissionForm(SettingsForm):
    """A share for new clients, one for returning ones, for whom and from when."""

    plan = (
        (
            gettext_lazy("A new agreement"),
            gettext_lazy("It holds from its day on, before those for more people or services."),
            ("professional", "service", "new_share", "returning_share", "valid_from"),
        ),
    )

    professional: forms.ModelChoiceField[Professional] = forms.ModelChoiceField(
        label=gettext_lazy("Professional"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )
    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("All services"),
    )
    new_share = forms.DecimalField(
        label=gettext_lazy("Percent of a new client’s visit"),
        required=False,
        min_value=0,
        max_value=_HUNDRED,
        max_digits=5,
        decimal_places=2,
    )
    returning_share = forms.DecimalField(
        label=gettext_lazy("Percent of a returning client’s visit"),
        required=False,
        min_value=0,
        max_value=_HUNDRED,
        max_digits=5,
        decimal_places=2,
        help_text=gettext_lazy("Both empty: what is agreed for everybody holds again."),
    )
    valid_from = DayField(label=gettext_lazy("From"))

    def __init__(self, data: Any, *, desk: Desk) -> None:  # noqa: ANN401 -- a request's data or none
        """Only the business's own people and services; from today, unless another day is chosen."""
        today = local_date(desk.now, desk.place_zone)
        super().__init__(data, initial={"valid_from": today.replace(day=1)})
        self.offer("professional", Professional.objects.filter(business=desk.business))
        self.offer("service", Service.objects.filter(business=desk.business, is_active=True))


@dataclass(frozen=True, slots=True)
class Agreed:
    """One commission rule as the page lists it."""

    whom: str
    what: str
    row: CommissionRule
    new: str
    returning: str


def settings_payouts(request: DoorRequest, business: str) -> HttpResponse:
    """Show both; each form saves for itself."""
    desk = desk_of(request)
    in_force = policy_in_force(business_id=desk.business.pk, now=desk.now)
    counting = CountingForm(_sent(request, "counting"), initial={"policy": in_force.value})
    commission = CommissionForm(_sent(request, "commission"), desk=desk)
    for form, act in ((counting, _count), (commission, _agree)):
        if form.is_bound and form.is_valid():
            done = saved(
                request, desk, form, partial(act, desk, form.cleaned_data), then="settings-payouts"
            )
            if done is not None:
                return done
    return settings_page(
        request,
        "payouts",
        desk,
        title=_("New clients and payouts"),
        trail=TRAIL,
        status=422 if counting.errors or commission.errors else 200,
        counting=counting,
        hints={one.value: _hint(one, desk, in_force) for one in MarkerPolicy},
        form=commission,
        agreed=_agreed(desk),
    )


def _sent(request: DoorRequest, form: str) -> QueryDict | None:
    """What was posted, for the form that it was posted from."""
    return request.POST if request.POST.get("form", "") == form else None


def _count(desk: Desk, given: dict[str, Any]) -> None:
    policy = MarkerPolicy(given["policy"])
    choose_marker_policy(business=desk.business, policy=policy, by=desk.actor, now=desk.now)


def _agree(desk: Desk, given: dict[str, Any]) -> None:
    add_commission(
        business=desk.business,
        service=given["service"],
        professional=given["professional"],
        new_share=_points(given["new_share"]),
        returning_share=_points(given["returning_share"]),
        valid_from=given["valid_from"],
        by=desk.actor,
        now=desk.now,
    )


def _points(percent: Decimal | None) -> int | None:
    return None if percent is None else int(percent * _HUNDRED)


def _hint(policy: MarkerPolicy, desk: Desk, in_force: MarkerPolicy) -> str:
    """What a policy means; of the other ones, how many of the last bookings they would have marked otherwise."""
    said = str(POLICY_HINTS[policy])
    if policy is in_force:
        return said
    since = desk.now - LOOKED_BACK
    other = next(
        one
        for one in other_readings(business_id=desk.business.pk, since=since)
        if one.policy is policy
    )
    return f"{said} {_otherwise(other)}"


def _otherwise(other: OtherReading) -> str:
    sentence = ngettext(
        "Of %(all)s booking of the last 90 days, %(number)s would have read otherwise.",
        "Of the %(all)s bookings of the last 90 days, %(number)s would have read otherwise.",
        other.looked_at,
    )
    return sentence % {"all": other.looked_at, "number": other.differ}


def _agreed(desk: Desk) -> list[Agreed]:
    """All that was ever agreed, the latest first: nothing is overwritten."""
    rows = CommissionRule.objects.filter(business=desk.business).select_related(
        "service", "professional__resource"
    )
    return [
        Agreed(
            whom=row.professional.name if row.professional else _("Everybody"),
            what=row.service.name if row.service else _("All services"),
            row=row,
            new=_percent(row.new_share),
            returning=_percent(row.returning_share),
        )
        for row in rows.order_by("-valid_from", "-number")
    ]


def _percent(share: int | None) -> str:
    if share is None:
        return ""
    return f"{share / _HUNDRED:.2f}".rstrip("0").rstrip(".") + " %"
