"""The form of one line of the plan: for which service, when, and by which ways."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.catalogue.models import Service
from clientela.notify.models import Recipient, Rule
from clientela.notify.plan_rules import CAN_BE_ADDED, TIMES, ways_for
from clientela.notify.queries.plan import PlanLine
from clientela.notify.reach import EMAIL
from clientela.rules import message_timing
from clientela.rules.message_timing import TimingInvalid, TimingKind
from clientela.web.desk.settings.messages.refused import MessageForm
from clientela.web.desk.settings.parts import HoursField
from clientela.web.message_words import channel_name

BEFORE: Final = TimingKind.BEFORE.value
DAY: Final = TimingKind.DAY_BEFORE.value
_TIME: Final = {"type": "time", "step": "300"}
_FIGURES: Final = {BEFORE: ("hours",), DAY: ("days", "time")}
_LONGEST_DAYS: Final = message_timing.LONGEST_DAYS


class RuleForm(MessageForm):
    """One line. Which fields there are depends on the kind of message and on who reads it."""

    counts = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[
            (BEFORE, gettext_lazy("So many hours before it begins")),
            (DAY, gettext_lazy("Some days before, at a time of the day")),
        ],
        widget=forms.RadioSelect,
    )
    hours = HoursField(label=gettext_lazy("Hours"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Days before"), min_value=1, max_value=_LONGEST_DAYS, required=False
    )
    time = forms.TimeField(
        label=gettext_lazy("Time of the day"),
        help_text=gettext_lazy("On the clock of the place."),
        widget=forms.TimeInput(format="%H:%M", attrs=_TIME),
        required=False,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("By which ways"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one way.")},
    )
    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        label=gettext_lazy("For which service"),
        queryset=None,
        empty_label=gettext_lazy("Every service"),
        required=False,
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        line: PlanLine,
        services: Any,  # noqa: ANN401 -- a query of services
        is_new: bool,
        has_texts: bool,
    ) -> None:
        """Show a line as it is; what its kind does not have is not asked."""
        super().__init__(data, initial=_initial(line))
        self.line = line
        self.offer("service", services)
        self._choose_ways(has_texts=has_texts)
        kinds = TIMES.get(line.rule)
        if kinds is None:
            self._drop("counts", "hours", "days", "time")
        elif TimingKind.AFTER in kinds:
            self._drop("counts", "days", "time")
            self.fields["hours"].required = True
        else:
            self._ask_of_choice(data)
        if not is_new:
            self._drop("service")
        elif line.rule not in CAN_BE_ADDED:
            self.fields["service"].required = True
            self.fields["service"].empty_label = _("Choose a service")  # type: ignore[attr-defined]  # it is a choice of rows

    def _choose_ways(self, *, has_texts: bool) -> None:
        ways = [one for one in ways_for(self.line.recipient) if has_texts or one != "sms"]
        self.fields["channels"].choices = [(one, channel_name(one)) for one in ways]  # type: ignore[attr-defined]  # it is a choice of several
        if self.line.recipient is not Recipient.CLIENT:
            self._drop("channels")

    def _ask_of_choice(self, data: Any) -> None:  # noqa: ANN401 -- a request's data or none
        """Ask for the figures of the sort of time that was chosen; the others are not looked at."""
        for counts, names in _FIGURES.items():
            for name in names:
                self.fields[name].required = data is None or data.get("counts") == counts

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Put the figures together to a time; what is wrong with those of the other choice does not matter."""
        given: dict[str, Any] = super().clean() or {}
        for counts, names in _FIGURES.items():
            for name in names:
                if "counts" in self.fields and given.get("counts") != counts:
                    self.errors.pop(name, None)
        if not self.errors:
            try:
                given["timing"] = self._timing(given)
            except TimingInvalid:
                field = "days" if given.get("counts") == DAY else "hours"
                self.add_error(
                    field, _("Choose a time in steps of five minutes, at most two months away.")
                )
        return given

    def _timing(self, given: dict[str, Any]) -> str:
        if "hours" not in self.fields:
            return ""
        if "counts" not in self.fields:
            return message_timing.after(given["hours"]).text
        if given["counts"] == BEFORE:
            return message_timing.before(given["hours"]).text
        at = given["time"]
        minute = at.hour * 60 + at.minute
        return message_timing.day_before(days=given["days"], minute=minute).text

    def wanted(self) -> PlanLine:
        """Return the line as it was typed."""
        given = self.cleaned_data
        service: Service | None = given.get("service")
        shown = {one for one, _name in self.fields["channels"].choices} if "channels" in self.fields else set()  # type: ignore[attr-defined]  # it is a choice of several  # fmt: skip
        ticked = set(given.get("channels", [EMAIL])) | (set(self.line.channels) - shown)
        return PlanLine(
            rule=self.line.rule,
            recipient=self.line.recipient,
            timing=given["timing"],
            channels=tuple(one for one in ways_for(self.line.recipient) if one in ticked),
            is_on=self.line.is_on,
            service_id=service.pk if service else self.line.service_id,
        )


def new_line(rule: Rule, recipient: Recipient) -> PlanLine:
    """Return what the form of a new line begins with."""
    timing = {
        Rule.REMINDER: "before:120",
        Rule.FOLLOW_UP: "after:120",
        Rule.STAFF_REMINDER: "day:1@1080",
    }.get(rule, "")
    return PlanLine(rule=rule, recipient=recipient, timing=timing, channels=(*ways_for(recipient),))


def _initial(line: PlanLine) -> dict[str, Any]:
    timing = message_timing.parse(line.timing)
    is_day = timing.kind is TimingKind.DAY_BEFORE
    minute = timing.minute if is_day else 9 * 60
    return {
        "counts": DAY if is_day else BEFORE,
        "hours": timing.minutes or 24 * 60,
        "days": timing.days or 1,
        "time": f"{minute // 60:02d}:{minute % 60:02d}",
        "channels": list(line.channels),
        "service": line.service_id,
    }
