"""The visitor's own details: the only thing the booking page asks for in writing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clientela.booking.guest import Guest
from clientela.business.models import BookingPolicy, PhoneField
from clientela.people.emails import parse_email
from clientela.people.phones import parse_phone
from clientela.platform.refusal import Refusal
from clientela.rules.mail_hosts import likely_meant
from clientela.web import refusals
from clientela.web.booking_page.person import Person

LONGEST_NAME = 200
LONGEST_NOTE = 1000
LONGEST_EMAIL = 254
# What a press sends: the corrected address for the booking, or for the code; and the way in by a code.
EMAIL_FIX, CODE_FIX, CODE = "email_fix", "code_fix", "code"


class DetailsForm(forms.Form):
    """Name, e-mail, phone as the business's policy says, and a note; how it is paid, and a card that is kept.

    A likely slip in the e-mail is asked about once: `kept_email` carries the address that the
    visitor has already been asked about, `email_fix` the one they took instead.
    """

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=LONGEST_NAME,
        error_messages={"required": refusals.PLAIN["name-missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        max_length=40,
        error_messages={"required": refusals.PLAIN["phone-missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = forms.CharField(
        label=_("Email"),
        max_length=LONGEST_EMAIL,
        error_messages={"required": refusals.PLAIN["email-missing"]},
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "type": "email", "inputmode": "email"}
        ),
    )
    note = forms.CharField(
        label=_("Anything we should know?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pay = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    keep_card = forms.BooleanField(label=_("My card may be kept"), required=False)
    kept_email = forms.CharField(required=False, widget=forms.HiddenInput)
    email_fix = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- what Django hands over
        *,
        policy: BookingPolicy,
        country: str,
        person: Person | None = None,
        initial: dict[str, str] | None = None,
    ) -> None:
        """Ask for what the policy asks for; phones without a prefix are read as of `country`.

        Of a `person` who is signed in nothing is asked that is known, nor what may stay empty; only the note, and a
        phone number that they wrote before they signed in.
        """
        super().__init__(_with_fix(data), initial=initial, use_required_attribute=False)
        self.country = country
        self.tip = ""
        self.was_fixed = False
        self.asks_code = bool(data) and (data.get("then") == CODE or bool(data.get(CODE_FIX)))
        for name in _unasked(policy, person, wrote_phone=bool((initial or {}).get("phone"))):
            del self.fields[name]
        if "phone" in self.fields:
            self.fields["phone"].required = policy.phone_field == PhoneField.REQUIRED

    @property
    def fix_name(self) -> str:
        """How the corrected address is sent: what was pressed before goes on with it."""
        return CODE_FIX if self.asks_code else EMAIL_FIX

    def only_address(self) -> str:
        """The address, if it can be written to; nothing, with the reason. What else is asked is not judged."""
        for name in [one for one in self.errors if one != "email"]:
            del self.errors[name]
        return "" if self.errors else self.cleaned_data.get("email", "")

    def clean_email(self) -> str:
        """The address as it is kept; a likely slip is refused once, with the tip."""
        typed = self.cleaned_data["email"]
        address = self._read("email-invalid", lambda: parse_email(typed))
        self.tip = likely_meant(address)
        asked_about = str(self.data.get("kept_email", "")).strip().casefold()
        if self.tip and asked_about != address.casefold():
            typed_data = QueryDict(mutable=True)
            typed_data.update(dict(self.data.items()))
            typed_data["kept_email"] = address
            self.data = typed_data
            raise forms.ValidationError(
                _("Please look at the address once more. Nothing was booked yet.")
            )
        return address

    def clean_phone(self) -> str:
        """The number in its international form, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        return self._read("phone-invalid", lambda: parse_phone(typed, country=self.country).e164)

    def guest(self, *, language: str) -> Guest:
        """Who books without being signed in, once the form is clean."""
        return Guest(
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            phone=self.cleaned_data.get("phone", ""),
            language=language,
        )

    @staticmethod
    def _read(word: str, reader: Any) -> str:  # noqa: ANN401 -- a call without arguments
        try:
            return str(reader())
        except Refusal as refusal:
            raise forms.ValidationError(refusals.of(refusal), code=word) from refusal


def _unasked(policy: BookingPolicy, person: Person | None, *, wrote_phone: bool) -> set[str]:
    """The questions that this reader is spared."""
    spared = {"phone"} if policy.phone_field == PhoneField.OFF else set()
    if person is None:
        return spared
    spared |= {"email", "kept_email", EMAIL_FIX}
    if person.name:
        spared.add("name")
    if person.phone or not (wrote_phone or policy.phone_field == PhoneField.REQUIRED):
        spared.add("phone")
    return spared


def _with_fix(data: Any) -> Any:  # noqa: ANN401 -- what Django hands over
    """The data as typed, with the corrected address where the visitor took it."""
    if data and (fix := data.get(EMAIL_FIX) or data.get(CODE_FIX)):
        data = data.copy()
        data["email"] = data["kept_email"] = fix
        data[EMAIL_FIX] = ""
    return data
