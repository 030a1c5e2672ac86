"""The forms of the second step: allauth decides who is meant, we count tries and let nothing count twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from clientela.platform import clock, sealed
from clientela.platform.throttle import allow
from clientela.web.security.app_secret import pending_secret
from clientela.web.security.factors import own_origin, passkeys_are_offered

if TYPE_CHECKING:
    from clientela.accounts.models import Account

TRIES_AN_HOUR: Final = 20
# As long as a code may be read as the right one: its own half minute and one on either side.
CODE_LIVES: Final = 120


def count_try(account: Account) -> None:
    """Count one guess at a person's second factor; past twenty in an hour nothing is looked at any more."""
    key = f"second-factor:{account.pk}"
    if not allow(key=key, limit=TRIES_AN_HOUR, per_seconds=3600, now=clock.now()):
        raise ValidationError(
            _("Those were too many codes. Wait a little, then try again."), code="too-many-tries"
        )


def use_once(account: Account, code: str) -> None:
    """Let an app's code count once, in all processes, for as long as it could be taken for the right one."""
    digits = "".join(sign for sign in code if sign.isdigit())
    key = f"app-code:{account.pk}:{digits}"
    if not allow(key=key, limit=1, per_seconds=CODE_LIVES, now=clock.now()):
        raise ValidationError(
            _("This code was used already. Wait for the next one."), code="code-used"
        )


class _CodeField(forms.Form):
    """A code of an app, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever allauth hands over
        """Build allauth's form, then word its field as our pages do."""
        super().__init__(*args, **kwargs)
        _word(self.fields["code"])

    def clean_code(self) -> str:
        """Take the right code, once."""
        user = self.user  # type: ignore[attr-defined]  # set by allauth's form
        count_try(user)
        try:
            code = str(super().clean_code())  # type: ignore[misc]  # likewise
        except sealed.Unreadable as error:
            # The installation lost its key: nobody can check a code, so none is right.
            raise get_adapter().validation_error("incorrect_code") from error
        if self.authenticator.type == Authenticator.Type.TOTP:  # type: ignore[attr-defined]  # likewise
            use_once(user, code)
        return code


class AppCodeForm(_CodeField, base.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of a log-in."""


class AppCodeAgainForm(_CodeField, base.ReauthenticateForm):  # type: ignore[misc]  # likewise
    """A code once more, before something about the account's safety is changed."""


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # likewise
    """The first code of a new app proves that the app holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- whatever allauth hands over
        """Take the secret from our sealed place: allauth would keep it readable in the session."""
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        _word(self.fields["code"])
        self.secret = pending_secret(context.request)

    def clean_code(self) -> str:
        """Take the right code; it cannot be used again to sign in."""
        count_try(self.user)
        code = str(super().clean_code())
        use_once(self.user, code)
        return code


def _word(field: forms.Field) -> None:
    field.label = _("Code")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "none"}


class _FromOurPage(forms.Form):
    """A passkey's answer, taken only where passkeys are offered and from a page of our own origin."""

    def clean_credential(self) -> Any:  # noqa: ANN401 -- allauth's own value
        """Compare the page that asked with ours, to the letter."""
        if not (passkeys_are_offered() and _asked_by_us(self.cleaned_data["credential"])):
            raise ValidationError(_("This passkey could not be used."), code="passkey-refused")
        known = getattr(super(), "clean_credential", None)
        return known() if known else self.cleaned_data["credential"]


class PasskeyStepForm(_FromOurPage, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey as the second step of a log-in."""


class PasskeyAgainForm(_FromOurPage, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # likewise
    """A passkey once more, before something about the account's safety is changed."""


class PasskeyLoginForm(_FromOurPage, webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # likewise
    """A passkey instead of everything else."""


class AddPasskeyForm(_FromOurPage, webauthn._BaseAddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped  # noqa: SLF001 -- without the choice between kinds of keys
    """A new passkey and the name its owner gives it."""

    name = forms.CharField(label=_("Name"), required=False, max_length=60)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=60)


def _asked_by_us(credential: object) -> bool:
    try:
        said = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))  # type: ignore[index]  # from a stranger: anything may be missing
        return bool(said["origin"] == own_origin() and not said.get("crossOrigin"))
    except (TypeError, KeyError, ValueError, AttributeError):
        return False
