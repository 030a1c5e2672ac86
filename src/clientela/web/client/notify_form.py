"""Which messages about appointments: the questions, their answers, and what each of them means."""

from __future__ import annotations

from datetime import time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.notify.queries.own_ways import OwnWays
from clientela.people.models import Client, NotifyBy
from clientela.people.phones import as_read
from clientela.people.quiet_time import AS_THE_BUSINESS, NEVER_QUIET, QuietTime

_EMAIL = (NotifyBy.EMAIL.value, gettext_lazy("Email"))
_TEXTS = (NotifyBy.EMAIL_AND_SMS.value, gettext_lazy("Email and text message"))
_NONE = (NotifyBy.NONE.value, gettext_lazy("Nothing"))

AS_THEY, OWN, NEVER = "business", "own", "never"
_USUAL: Final = QuietTime(22 * 60, 8 * 60)


class NotifyForm(forms.Form):
    """One of two, or of three where texts are sent; nothing is chosen beforehand where it is the first time."""

    notify_by = forms.ChoiceField(
        label=gettext_lazy("Which messages would you like?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of them.")},
    )
    wants_follow_up = forms.BooleanField(
        label=gettext_lazy("Also a word after the visit, and when my sessions run low"),
        required=False,
    )

    def __init__(self, data: Any = None, *, texts: bool, **options: Any) -> None:  # noqa: ANN401 -- what Django hands over
        """Offer texts where they are sent (``texts``)."""
        super().__init__(data, **options)
        field = self.fields["notify_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- it stands above
        field.choices = [_EMAIL, _TEXTS, _NONE] if texts else [_EMAIL, _NONE]


class PreferencesForm(NotifyForm):
    """The same with the hours in which nobody wants to be disturbed."""

    quiet = forms.ChoiceField(
        label=gettext_lazy("When should your telephone stay silent?"),
        widget=forms.RadioSelect,
        required=False,
    )
    quiet_from = forms.TimeField(label=pgettext_lazy("quiet hours", "From"), required=False)
    quiet_until = forms.TimeField(label=pgettext_lazy("quiet hours", "Until"), required=False)

    def __init__(self, data: Any = None, *, card: Client, ways: OwnWays, **options: Any) -> None:  # noqa: ANN401 -- likewise
        """Begin with what the card says; texts are also offered to who has chosen them while they were sent."""
        initial = {
            "notify_by": card.notify_by,
            "wants_follow_up": card.wants_follow_up,
            **_quiet_fields(card),
        }
        texts = ways.sends_texts or card.notify_by == NotifyBy.EMAIL_AND_SMS
        super().__init__(
            data, texts=texts, initial=initial, use_required_attribute=False, **options
        )
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].widget = forms.TimeInput(
                attrs={"type": "time", "step": "300"}, format="%H:%M"
            )
        self._ask_in_full()
        field = self.fields["quiet"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- it stands above
        field.choices = [
            (AS_THEY, _as_they(ways)),
            (OWN, _("At hours of my own")),
            (NEVER, _("Never: I may be told at any hour")),
        ]

    def _ask_in_full(self) -> None:
        """Draw the questions about quiet hours without calling them optional; what is needed depends on the answer."""
        for name in ("quiet", "quiet_from", "quiet_until"):
            self.fields[name].required = not self.is_bound

    def clean(self) -> dict[str, Any] | None:
        """Own hours need both ends."""
        given = super().clean()
        if self.cleaned_data.get("quiet") == OWN:
            for name in ("quiet_from", "quiet_until"):
                if self.cleaned_data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Write a time, as in 22:00."))
        return given

    def said(self) -> dict[str, Any]:
        """The answers, as ``set_preferences`` takes them."""
        return {
            "notify_by": self.cleaned_data["notify_by"],
            "wants_follow_up": self.cleaned_data["wants_follow_up"],
            "quiet": self.quiet_time(),
        }

    def quiet_time(self) -> QuietTime | None:
        """What was said about quiet hours; None where nothing was."""
        said = self.cleaned_data["quiet"]
        if said == OWN:
            return QuietTime(
                _minute(self.cleaned_data["quiet_from"]), _minute(self.cleaned_data["quiet_until"])
            )
        return {AS_THEY: AS_THE_BUSINESS, NEVER: NEVER_QUIET}.get(said)


def hints(ways: OwnWays | None = None) -> dict[str, str]:
    """What each answer means, beside it; with the address and the number where they are known."""
    email = ways.email.address if ways else ""
    number = as_read(ways.sms.address) if ways and ways.sms.address else ""
    to_email = _("Confirmations, changes and reminders of your appointments, to %(address)s.")
    to_both = _("The same, and changes and reminders also as a text to %(number)s.")
    return {
        NotifyBy.EMAIL: to_email % {"address": email}
        if email
        else _("Confirmations, changes and reminders of your appointments."),
        NotifyBy.EMAIL_AND_SMS: to_both % {"number": number}
        if number
        else _("The same, and changes and reminders also as a text to your mobile."),
        NotifyBy.NONE: _("No messages about appointments. Nobody reminds you."),
    }


def _as_they(ways: OwnWays) -> str:
    if ways.quiet is None:
        return _("As the business has it: no quiet hours")
    begins, ends = ways.quiet
    return _("As the business has it: from %(begins)s to %(ends)s") % {
        "begins": _clock(begins),
        "ends": _clock(ends),
    }


def _quiet_fields(card: Client) -> dict[str, Any]:
    begins, ends = card.quiet_from_minute, card.quiet_until_minute
    if begins is None or ends is None:
        said, shown = AS_THEY, _USUAL
    elif begins == ends:
        said, shown = NEVER, _USUAL
    else:
        said, shown = OWN, QuietTime(begins, ends)
    return {
        "quiet": said,
        "quiet_from": _time(shown.from_minute),
        "quiet_until": _time(shown.until_minute),
    }


def _time(minute: int | None) -> time | None:
    return None if minute is None else time(*divmod(minute, 60))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
