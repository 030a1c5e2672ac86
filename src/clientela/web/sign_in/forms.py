"""allauth's forms with our limits in front, and without what our pages say themselves.

Each way in does one look-up and one hash, whatever is typed: a known and an unknown address are the same work (AUT-02).
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as theirs
from allauth.account.models import Login
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clientela.accounts.queries.account_at import account_at
from clientela.platform import clock
from clientela.rules.name_match import normalise_email
from clientela.rules.password_rule import LONGEST
from clientela.web.guess_limits import Way, may_try

WAIT = _("That was too often in a short time. Wait a little, or use another way in.")
NOT_RIGHT = _(
    "The address or the password is not right. Without a password, or with an address that is not proved yet, a code"
    " by email brings you in."
)


class Plain(forms.Form):
    """A form whose fields keep their labels and lose placeholders and help; it may find that it was sent too often."""

    way: ClassVar[Way]
    is_limited = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever allauth hands over
        """Build allauth's form, then quiet its fields."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["maxlength"] = str(LONGEST)

    def count_try(self, about: str) -> None:
        """Count one try; raises what the form then says, over the limit."""
        if not may_try(request=context.request, way=self.way, about=about, now=clock.now()):
            self.is_limited = True
            raise ValidationError(WAIT, code="too-often")


class LoginForm(Plain, theirs.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Address and password; who has forgotten it finds the way below the field."""

    way = Way.PASSWORD

    def _clean_with_password(self, credentials: dict[str, str]) -> dict[str, Any]:
        """Judge the password. An account nobody has proved answers like a wrong password (AUT-02)."""
        self.count_try(credentials["email"])
        account, is_proved = account_at(credentials["email"])
        if account is None:
            make_password(credentials["password"])
        is_right = account is not None and account.check_password(credentials["password"])
        if not (is_right and is_proved):
            raise ValidationError(NOT_RIGHT, code="not-right")
        self.user = account
        self._login = Login(user=account, email=normalise_email(credentials["email"]))
        return self.cleaned_data


class RequestLoginCodeForm(Plain, theirs.RequestLoginCodeForm):  # type: ignore[misc]  # likewise
    """The address to which the code goes."""

    way = Way.CODE_MAIL

    def clean_email(self) -> str:
        """Find whose address it is. An account that is not proved gets its code too: it is the proof."""
        email = normalise_email(self.cleaned_data["email"])
        self.count_try(email)
        self._user, _is_proved = account_at(email)
        return email


class ConfirmLoginCodeForm(Plain, theirs.ConfirmLoginCodeForm):  # type: ignore[misc]  # likewise
    """The code."""


class ResetPasswordForm(Plain):
    """The address to which the link goes."""

    way = Way.RESET
    email = forms.EmailField(label=_("Email"), max_length=254)

    def clean_email(self) -> str:
        """Count; whose it is, is for the worker to find out."""
        email = normalise_email(self.cleaned_data["email"])
        self.count_try(email)
        return email


class ResetPasswordKeyForm(Plain, theirs.ResetPasswordKeyForm):  # type: ignore[misc]  # likewise
    """The new password, twice."""


class ChangePasswordForm(Plain, theirs.ChangePasswordForm):  # type: ignore[misc]  # likewise
    """The present password and the new one, twice."""

    way = Way.PASSWORD

    def clean_oldpassword(self) -> str:
        """A stolen session is no place to guess a password either."""
        self.count_try(self.user.email)
        return str(super().clean_oldpassword())


class SetPasswordForm(Plain, theirs.SetPasswordForm):  # type: ignore[misc]  # likewise
    """A first password, twice."""


class ReauthenticateForm(Plain, theirs.ReauthenticateForm):  # type: ignore[misc]  # likewise
    """The password once more."""

    way = Way.PASSWORD

    def clean_password(self) -> str:
        """Judge it as at the door."""
        given = str(self.cleaned_data["password"])
        self.count_try(self.user.email)
        if not self.user.check_password(given):
            raise ValidationError(_("The password is not right."), code="not-right")
        return given
