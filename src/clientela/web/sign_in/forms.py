"""allauth's forms without what our pages say themselves: words inside a field vanish when one types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from django import forms


class _Plain(forms.Form):
    """A form whose fields keep their labels and lose placeholders and help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever allauth hands over
        """Build allauth's form, then quiet its fields."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_Plain, theirs.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Address and password; who has forgotten it finds the way below the field."""


class ResetPasswordForm(_Plain, theirs.ResetPasswordForm):  # type: ignore[misc]  # likewise
    """The address to which the link goes."""


class ResetPasswordKeyForm(_Plain, theirs.ResetPasswordKeyForm):  # type: ignore[misc]  # likewise
    """The new password, twice."""


class ChangePasswordForm(_Plain, theirs.ChangePasswordForm):  # type: ignore[misc]  # likewise
    """The present password and the new one, twice."""


class ReauthenticateForm(_Plain, theirs.ReauthenticateForm):  # type: ignore[misc]  # likewise
    """The password once more."""


class RequestLoginCodeForm(_Plain, theirs.RequestLoginCodeForm):  # type: ignore[misc]  # likewise
    """The address to which the code goes."""


class ConfirmLoginCodeForm(_Plain, theirs.ConfirmLoginCodeForm):  # type: ignore[misc]  # likewise
    """The code."""
