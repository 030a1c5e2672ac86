"""What the mails about a log-in say. allauth decides when one is due; the words are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from clientela.notify.account_letter import AccountLetter

if TYPE_CHECKING:
    from collections.abc import Callable


def letter_for(kind: str, context: dict[str, Any]) -> AccountLetter:
    """The letter for allauth's occasion, in the language in force.

    An occasion without words of its own is a notice that something about the log-in changed.
    """
    write = _LETTERS.get(kind, _something_changed)
    return write(context)


def _language() -> str:
    return (get_language() or "en")[:2]


def _own(address: str) -> str:
    """An address of this installation; never built from what a request claims as its host."""
    return settings.PUBLIC_URL + address if address.startswith("/") else address


def _not_you() -> str:
    return _("If this was not you, you need do nothing: without this mail nobody gets in.")


def _code(context: dict[str, Any]) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=_("%(code)s is your sign-in code") % {"code": context["code"]},
        headline=_("Your sign-in code"),
        code=str(context["code"]),
        sentences=(_("Type it on the page that asked for it. It works for 15 minutes, once."),),
        why=_not_you(),
    )


def _reset(context: dict[str, Any]) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=_("Choose a new password"),
        headline=_("Choose a new password"),
        sentences=(_("Your present password keeps working until you have chosen the new one."),),
        button=_("Choose a new password"),
        link=_own(context["password_reset_url"]),
        why=_not_you(),
    )


def _unknown(context: dict[str, Any]) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=_("There is no account for this address"),
        headline=_("There is no account for this address"),
        sentences=(
            _("Somebody asked to sign in with this address, but it belongs to no account here."),
            _("If it was you: perhaps you signed up with another address."),
        ),
        why=_("If this was not you, you need do nothing."),
    )


def _password_changed(context: dict[str, Any]) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=_("Your password was changed"),
        headline=_("Your password was changed"),
        sentences=(_("You have been signed out everywhere else."),),
        button=_("This was not me: choose a new one"),
        link=_own(reverse("account_reset_password")),
        why=_("You get this mail because it is about the safety of your account."),
    )


def _something_changed(context: dict[str, Any]) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=_("Something about your sign-in changed"),
        headline=_("Something about your sign-in changed"),
        sentences=(_("If you did not do this, choose a new password now."),),
        button=_("Choose a new password"),
        link=_own(reverse("account_reset_password")),
        why=_("You get this mail because it is about the safety of your account."),
    )


_LETTERS: Final[dict[str, Callable[[dict[str, Any]], AccountLetter]]] = {
    "login_code": _code,
    "password_reset_key": _reset,
    "unknown_account": _unknown,
    "password_changed": _password_changed,
    "password_reset": _password_changed,
    "password_set": _password_changed,
}
