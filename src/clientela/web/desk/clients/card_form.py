"""The form of a client's card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Professional
from clientela.people.emails import parse_email
from clientela.people.models import Client, Consent, NotifyBy, Purpose
from clientela.people.phones import parse_phone
from clientela.people.queries.contacts import notification_email
from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import is_known_zone
from clientela.web import refusals
from clientela.web.design.times import zone_city
from clientela.web.picker.zones import OFFERED

LONGEST_NAME = 200
LONGEST_NOTE = 10_000


class LanguageField(forms.ChoiceField):
    """In which language the client is written to; blank is the business's own."""

    def __init__(self) -> None:
        """Offer the languages of the installation."""
        super().__init__(
            label=_("Language"),
            required=False,
            choices=[("", _("As the business")), *settings.LANGUAGES],
        )


class NewCardForm(forms.Form):
    """A new card: a name, and how to reach the person."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the client’s name.")},
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.CharField(label=_("Email"), max_length=254, required=False)
    language = LanguageField()
    agreed = forms.BooleanField(
        label=_("The client has agreed to messages about their appointments"),
        required=False,
        help_text=_(
            "Without it no message is sent to them. It is noted with the day, as told to you."
        ),
    )

    def __init__(self, data: Any = None, *, country: str, **more: Any) -> None:  # noqa: ANN401 -- what Django hands over
        """Read phones without a prefix as of `country`."""
        super().__init__(data, use_required_attribute=False, **more)
        self.country = country
        self.fields["phone"].widget.attrs["type"] = "tel"
        self.fields["email"].widget.attrs.update(type="email", inputmode="email")

    def clean_email(self) -> str:
        """The address as it is kept, or nothing."""
        return _email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        """The number in its international form, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        try:
            return parse_phone(typed, country=self.country).e164 if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusals.of(refusal)) from refusal


class ProfileForm(forms.Form):
    """What a card says, where messages go, and whom the client may book."""

    name = forms.CharField(
        label=_("Name on the card"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the client’s name.")},
    )
    notification_email = forms.CharField(
        label=_("Email for notifications"),
        max_length=254,
        required=False,
        help_text=_("Confirmations and changes go here. You can change it at any time."),
    )
    bound_to: forms.ModelChoiceField[Professional] = forms.ModelChoiceField(
        label=_("Sees and books only with"),
        queryset=None,  # those of the business in scope, at each request
        required=False,
        empty_label=_("All professionals"),
        help_text=_("Then no other professional’s times are shown to this client."),
    )
    notify_by = forms.ChoiceField(
        label=_("Appointment notifications"),
        choices=[
            (NotifyBy.EMAIL.value, _("Email")),
            (NotifyBy.EMAIL_AND_SMS.value, _("Email and text")),
            (NotifyBy.NONE.value, _("No messages")),
        ],
        help_text=_("Only as the client asks. They can change it themselves at any time."),
    )
    agreed = forms.BooleanField(
        label=_("The client has agreed to these messages"),
        required=False,
        help_text=_("Nobody has said so yet. It is noted with the day, as told to you."),
    )
    wants_follow_up = forms.BooleanField(
        label=_("A word after the visit is welcome"), required=False
    )
    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        error_messages={"invalid": _("Write a date.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = LanguageField()
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_(
            "The client’s own clock. Messages are written in it unless the place’s is set."
        ),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("For the staff only."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, card: Client) -> None:  # noqa: ANN401 -- what Django hands over
        """Begin with what the card says; the server judges, in the page's language."""
        email = notification_email(card)
        kept = {
            "name": card.record_name,
            "notification_email": email.written if email else "",
            "bound_to": card.bound_to_id,
            **{
                name: getattr(card, name)
                for name in ("notify_by", "wants_follow_up", "birthday", "language", "zone", "note")
            },
        }
        super().__init__(data, initial=kept, use_required_attribute=False)
        self.fields["notification_email"].widget.attrs.update(type="email", inputmode="email")
        if Consent.objects.filter(client=card, purpose=Purpose.APPOINTMENTS).exists():
            del self.fields["agreed"]
        bound, zone = self.fields["bound_to"], self.fields["zone"]
        assert isinstance(bound, forms.ModelChoiceField)  # noqa: S101 -- declared above
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 -- likewise
        bound.queryset = Professional.objects.filter(
            Q(resource__is_active=True) | Q(pk=card.bound_to_id)
        ).select_related("resource")
        zones = sorted({*OFFERED, *([card.zone] if is_known_zone(card.zone) else [])})
        named = [(one, f"{zone_city(one)} ({one})") for one in zones]
        zone.choices = [("", _("As at the place of the appointment")), *named]

    def clean_notification_email(self) -> str:
        """The address as it is kept, or nothing."""
        return _email(self.cleaned_data["notification_email"])


class LoginEmailForm(forms.Form):
    """The address with which the person is to sign in for the first time."""

    login_email = forms.CharField(
        label=_("Email for signing in"),
        max_length=254,
        required=False,
        help_text=_(
            "The welcome email goes here. Left blank, it goes to the one for notifications."
        ),
    )

    def __init__(self, data: Any = None, *, card: Client) -> None:  # noqa: ANN401 -- what Django hands over
        """Begin with the address that was chosen."""
        super().__init__(
            data, initial={"login_email": card.login_email}, use_required_attribute=False
        )
        self.fields["login_email"].widget.attrs.update(type="email", inputmode="email")

    def clean_login_email(self) -> str:
        """The address as it is kept, or nothing."""
        return _email(self.cleaned_data["login_email"])


def _email(text: str) -> str:
    typed = text.strip()
    try:
        return parse_email(typed) if typed else ""
    except Refusal as refusal:
        raise forms.ValidationError(refusals.of(refusal)) from refusal


def typed(text: str) -> dict[str, str]:
    """Where a text that found nobody belongs: an address, a number, or a name."""
    if "@" in text:
        return {"email": text}
    if any(char.isdigit() for char in text):
        return {"phone": text}
    return {"name": text}
