"""Booking policies: who needs an account, what clients may change and until when, what that costs, whom messages may reach.

*Client login* stands under *Booking flow* (S3.8); the switches of the pencil, and the gate of messages,
are the *client notification settings* (S3.25, S3.28).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from clientela.business.actions.set_policy import set_policy
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.login_modes import GATE_WORDS, GATES, LABELS, consequences, modes
from clientela.web.desk.settings.parts import HoursField, SettingsForm
from clientela.web.desk.settings.preferences import PREFERENCES_TRAIL
from clientela.web.desk.settings.shell import Trail, form_page, saved
from clientela.web.desk.staff import Desk, desk_of

NAMES = (
    "client_may_reschedule",
    "reschedule_closes_minutes",
    "client_may_cancel",
    "cancel_closes_minutes",
    "cancel_free_minutes",
    "no_show_forfeits",
    "client_login",
    "notification_gate",
)
NOTIFICATIONS = "client-notifications"
TRAIL: Trail = (
    *PREFERENCES_TRAIL,
    (gettext_lazy("Booking preferences"), "settings-preferences"),
)
_DAY = 24 * 60


class PolicyForm(SettingsForm):
    """Who needs an account; two switches, each with its own cut-off; whom messages may reach."""

    client_login = forms.ChoiceField(
        label=gettext_lazy("Client login"), choices=LABELS, widget=forms.RadioSelect
    )

    client_may_reschedule = forms.BooleanField(
        label=gettext_lazy("Reschedule online"), required=False
    )
    reschedule_closes_minutes = HoursField(label=gettext_lazy("Hours before, rescheduling"))
    client_may_cancel = forms.BooleanField(label=gettext_lazy("Cancel online"), required=False)
    cancel_closes_minutes = HoursField(label=gettext_lazy("Hours before, cancelling"))
    cancel_free_minutes = HoursField(
        label=gettext_lazy("Hours before, cancelling without losing the credit"), required=False
    )
    no_show_forfeits = forms.BooleanField(
        label=gettext_lazy("Not coming uses the credit up"),
        help_text=gettext_lazy(
            "Switched off, the credit of a missed appointment goes back to the client."
        ),
        required=False,
    )
    notification_gate = forms.ChoiceField(
        label=gettext_lazy("Messages before a client has an account"),
        choices=GATES,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        initial: dict[str, Any],
        longest: int,
    ) -> None:
        """``longest`` is how many days ahead the calendar is open at most; 0 if nothing is offered."""
        super().__init__(data, initial=initial)
        self.longest = longest

    def clean(self) -> dict[str, Any]:
        """A cut-off beyond the open calendar would switch the change off without saying so."""
        given: dict[str, Any] = super().clean() or {}
        for switch, name in (NAMES[:2], NAMES[2:4]):
            minutes = given.get(name)
            if minutes and self.longest and given.get(switch) and minutes > self.longest * _DAY:
                self.add_error(name, self._never(minutes // _DAY))
        return given

    def _never(self, days: int) -> str:
        sentence = ngettext(
            "That is %(days)s days, but clients can book only %(ahead)s day ahead, "
            "so nobody could ever do it. Try 24.",
            "That is %(days)s days, but clients can book only %(ahead)s days ahead, "
            "so nobody could ever do it. Try 24.",
            self.longest,
        )
        return sentence % {"days": days, "ahead": self.longest}


def policies(request: DoorRequest, business: str) -> HttpResponse:
    """Show and save the switches; they hold at once, for what is booked already as well."""
    desk = desk_of(request)
    policy = BookingPolicy.objects.get(business=desk.business)
    services = list(Service.objects.filter(business=desk.business, is_active=True))
    form = PolicyForm(
        request.POST or None,
        initial={name: getattr(policy, name) for name in NAMES},
        longest=max((one.horizon_days for one in services), default=0),
    )
    if request.method == "POST" and form.is_valid():
        act = partial(_save, desk, form.cleaned_data)
        answer = saved(request, desk, form, act, then="settings-policies")
        if answer is not None:
            return answer
    return _drawn(request, desk, form, policy=policy, services=services)


def _drawn(
    request: DoorRequest,
    desk: Desk,
    form: PolicyForm,
    *,
    policy: BookingPolicy,
    services: Sequence[Service],
) -> HttpResponse:
    """The form, and beside it what clients see by the mode in force."""
    return form_page(
        request,
        desk,
        form,
        title=_("Booking policies"),
        trail=TRAIL,
        back="settings",
        template="policies",
        exceptions=[one for one in services if _has_its_own(one)],
        modes=modes(form["client_login"], kept=policy.client_login),
        consequences=consequences(policy.client_login),
        mode=policy.client_login,
        gate_words=GATE_WORDS,
        invitation=request.build_absolute_uri(reverse("account_signup")),
    )


def _has_its_own(service: Service) -> bool:
    cut_offs = (
        service.reschedule_closes_minutes,
        service.cancel_closes_minutes,
        service.cancel_free_minutes,
    )
    return any(one is not None for one in cut_offs)


def _save(desk: Desk, given: dict[str, Any]) -> None:
    changes = {name: given[name] for name in NAMES}
    set_policy(business=desk.business, by=desk.actor, now=desk.now, **changes)
