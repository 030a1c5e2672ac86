"""Quiet hours, and when few sessions are few."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.notify.actions.set_message_policy import MOST_LEFT, set_message_policy
from clientela.policy.door_request import DoorRequest
from clientela.web.design.times import clock_of_minute
from clientela.web.desk.settings.messages.plan import HERE as PLAN, TRAIL, quiet_of
from clientela.web.desk.settings.messages.refused import MessageForm
from clientela.web.desk.settings.shell import form_page, saved
from clientela.web.desk.staff import Desk, desk_of

_TIME = {"type": "time", "step": "300"}


class QuietForm(MessageForm):
    """From the evening to the morning, read on the client's own clock."""

    plan = (
        (
            gettext_lazy("Quiet hours"),
            gettext_lazy(
                "Reminders, words after the visit and news of few sessions wait until they are over, as texts and as "
                "notices on the device. Emails make no noise, and a new time or a cancellation never waits. Clients "
                "can choose hours of their own. Leave both empty for none."
            ),
            ("quiet_from_minute", "quiet_until_minute"),
        ),
        (
            gettext_lazy("Few sessions left"),
            gettext_lazy("If that message is in your plan, it is sent when this many are left."),
            ("balance_low_at",),
        ),
    )

    quiet_from_minute = forms.TimeField(
        label=gettext_lazy("From"),
        widget=forms.TimeInput(format="%H:%M", attrs=_TIME),
        required=False,
    )
    quiet_until_minute = forms.TimeField(
        label=gettext_lazy("Until"),
        widget=forms.TimeInput(format="%H:%M", attrs=_TIME),
        required=False,
    )
    balance_low_at = forms.IntegerField(
        label=gettext_lazy("Sessions left"), min_value=0, max_value=MOST_LEFT
    )


def quiet(request: DoorRequest, business: str) -> HttpResponse:
    """Show and save; they hold at once, for what waits already as well."""
    desk = desk_of(request)
    kept = quiet_of(desk)
    form = QuietForm(
        request.POST or None,
        initial={
            "quiet_from_minute": _clock(kept.quiet_from_minute),
            "quiet_until_minute": _clock(kept.quiet_until_minute),
            "balance_low_at": kept.balance_low_at,
        },
    )
    if request.method == "POST" and form.is_valid():
        answer = saved(request, desk, form, partial(_save, desk, form.cleaned_data), then=PLAN)
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Quiet hours"),
        trail=TRAIL,
        back=PLAN,
        template="messages_quiet",
    )


def _clock(minute: int | None) -> str:
    return "" if minute is None else clock_of_minute(minute)


def _save(desk: Desk, given: dict[str, Any]) -> None:
    first, last = given["quiet_from_minute"], given["quiet_until_minute"]
    set_message_policy(
        business=desk.business,
        quiet_from_minute=None if first is None else first.hour * 60 + first.minute,
        quiet_until_minute=None if last is None else last.hour * 60 + last.minute,
        balance_low_at=given["balance_low_at"],
        by=desk.actor,
        now=desk.now,
    )
