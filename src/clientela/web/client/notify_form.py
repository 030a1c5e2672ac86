"""Which messages about appointments: the question, its answers, and what each of them means."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.people.models import NotifyBy

CHOICES = (
    (NotifyBy.EMAIL.value, gettext_lazy("Email")),
    (NotifyBy.EMAIL_AND_SMS.value, gettext_lazy("Email and text message")),
    (NotifyBy.NONE.value, gettext_lazy("Nothing")),
)


class NotifyForm(forms.Form):
    """One of three; nothing is chosen beforehand where it is the first time."""

    notify_by = forms.ChoiceField(
        label=gettext_lazy("Which messages would you like?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )


def hints() -> dict[str, str]:
    """What each answer means, beside it."""
    return {
        NotifyBy.EMAIL: _("Confirmations, changes and reminders of your appointments."),
        NotifyBy.EMAIL_AND_SMS: _(
            "The same, and reminders as a text where the business sends texts."
        ),
        NotifyBy.NONE: _("No messages about appointments. Nobody reminds you."),
    }
