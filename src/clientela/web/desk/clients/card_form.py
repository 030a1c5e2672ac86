"""The form of a client's card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clientela.people.emails import parse_email
from clientela.people.phones import parse_phone
from clientela.platform.refusal import Refusal
from clientela.web import refusals

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

    def __init__(self, data: Any = None, *, country: str, **more: Any) -> None:  # noqa: ANN401 -- what Django hands over
        """Read phones without a prefix as of `country`."""
        super().__init__(data, use_required_attribute=False, **more)
        self.country = country
        self.fields["phone"].widget.attrs["type"] = "tel"
        self.fields["email"].widget.attrs.update(type="email", inputmode="email")

    def clean_email(self) -> str:
        """The address as it is kept, or nothing."""
        typed = self.cleaned_data["email"].strip()
        try:
            return parse_email(typed) if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusals.of(refusal)) from refusal

    def clean_phone(self) -> str:
        """The number in its international form, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        try:
            return parse_phone(typed, country=self.country).e164 if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusals.of(refusal)) from refusal


class CardForm(forms.Form):
    """What a card says besides its contacts."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the client’s name.")},
    )
    language = LanguageField()
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("For the staff only."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:  # noqa: ANN401 -- what Django hands over
        """The browser does not judge; the server does, in the page's language."""
        super().__init__(data, use_required_attribute=False, **more)


def typed(text: str) -> dict[str, str]:
    """Where a text that found nobody belongs: an address, a number, or a name."""
    if "@" in text:
        return {"email": text}
    if any(char.isdigit() for char in text):
        return {"phone": text}
    return {"name": text}
