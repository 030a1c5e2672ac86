"""Somebody comes from a provider that tells no address: we ask for one, and prove it by mail."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.forms import SignupForm
from django.utils.translation import gettext_lazy as _


class AddressForm(SignupForm):  # type: ignore[misc]  # allauth is untyped
    """The address, and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever allauth hands over
        """Keep the one field."""
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name != "email"]:
            del self.fields[name]
        field = self.fields["email"]
        field.label = _("Your email")
        field.widget.attrs.pop("placeholder", None)
