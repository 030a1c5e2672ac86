"""What a person writes, and where a guest is answered while away."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from clientela.support.errors import NothingSaid
from clientela.support.words import LONGEST, said

_KEY: Final = 64

SENTENCES: Final = {
    "nothing-said": _("Write what it is about."),
    "email-invalid": _("This is no email address. Leave it empty if you have none."),
    "captcha-missing": _("We could not see that you are a person. Try once more."),
    "too-much": _(
        "That was a lot in a short time. Wait a few minutes; what you wrote is still here."
    ),
}


class SayForm(forms.Form):
    """One line. ``key`` is the form's own: sent twice it is one line."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SENTENCES["nothing-said"]},
    )
    key = forms.CharField(max_length=_KEY, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """The words as they are kept: nothing is begun for a line of which nothing would be left."""
        try:
            return said(self.cleaned_data["body"])
        except NothingSaid as refusal:
            raise forms.ValidationError(SENTENCES[refusal.reason]) from refusal


class FirstForm(SayForm):
    """A guest's first line."""

    name = forms.CharField(label=_("Your name"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Where shall we answer if you are away?"),
        max_length=254,
        required=False,
        error_messages={"invalid": SENTENCES["email-invalid"]},
    )
