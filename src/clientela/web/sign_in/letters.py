"""What the mails about a log-in say. When one is due, the handlers or allauth decide; the words are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext as _, gettext_noop

from clientela.notify.account_letter import AccountLetter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def letter_for(kind: str, context: dict[str, Any]) -> AccountLetter:
    """The letter for allauth's occasion, in the language in force.

    An occasion without words of its own is a notice that something about the log-in changed.
    """
    write = _LETTERS.get(kind)
    return write(context) if write else _way_in_changed(kind, context)


def proof(*, link: str) -> AccountLetter:
    """To the mailbox with which an account was begun."""
    return AccountLetter(
        language=_language(),
        subject=_("Confirm your email address"),
        headline=_("One tap, and the account is yours"),
        sentences=(
            _("Somebody, you we think, created an account with this address."),
            _(
                "Confirm within 7 days: afterwards the account is deleted. Your appointments stay where they are."
            ),
        ),
        button=_("Confirm my address"),
        link=_own(link),
        why=_("If this was not you, you need do nothing: the account goes by itself."),
    )


def taken() -> AccountLetter:
    """To a mailbox that has an account already, when somebody wants another."""
    return AccountLetter(
        language=_language(),
        subject=_("You have an account already"),
        headline=_("You have an account already"),
        sentences=(
            _("Somebody, you we think, wanted to create an account with this address."),
            _("You need no second one: sign in, with a code by email if you like."),
        ),
        button=_("Sign in"),
        link=_own(reverse("account_login")),
        why=_("If this was not you, you need do nothing: nothing was changed."),
    )


def reset(*, link: str, has_one: bool) -> AccountLetter:
    """The way to a new password."""
    words = _("Choose a new password") if has_one else _("Choose a password")
    kept = _("Your present password keeps working until you have chosen the new one.")
    none = _(
        "Your account has no password yet. You may also go on signing in with a code by email."
    )
    return AccountLetter(
        language=_language(),
        subject=words,
        headline=words,
        sentences=(kept if has_one else none, _("The link works for 6 hours, once.")),
        button=words,
        link=_own(link),
        why=_not_you(),
    )


def by_provider(*, providers: Sequence[str]) -> AccountLetter:
    """To somebody who signs in with another provider, and has no password to forget."""
    names = get_text_list(list(providers), _("or"))
    return AccountLetter(
        language=_language(),
        subject=_("You sign in with %(provider)s") % {"provider": names},
        headline=_("You sign in with %(provider)s") % {"provider": names},
        sentences=(
            _("Your account has no password here, so there is none to replace."),
            _(
                "Choose “Continue with %(provider)s” on the sign-in page, or have a code mailed to you."
            )
            % {"provider": names},
        ),
        button=_("Sign in"),
        link=_own(reverse("account_login")),
        why=_("If this was not you, you need do nothing."),
    )


def unknown() -> AccountLetter:
    """To an address that belongs to no account."""
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


def _language() -> str:
    return (get_language() or "en")[:2]


def _own(address: str) -> str:
    """An address of this installation; never built from what a request claims as its host."""
    return settings.PUBLIC_URL + address if address.startswith("/") else address


def _not_you() -> str:
    return _("If this was not you, you need do nothing: without this mail nobody gets in.")


def _code(context: dict[str, Any]) -> AccountLetter:
    """The code, and where it was asked for: no account is spoken of, for a new address has none."""
    business = context.get("business", "")
    told = (
        _("Somebody, you we think, is booking at %(business)s and gave this address.")
        % {"business": business},
    )
    return AccountLetter(
        language=_language(),
        subject=_("%(code)s is your sign-in code") % {"code": context["code"]},
        headline=_("Your sign-in code"),
        code=str(context["code"]),
        sentences=(
            *(told if business else ()),
            _("Type it on the page that asked for it. It works for 15 minutes, once."),
        ),
        why=_("If this was not you, tell nobody the code; you need do nothing else.")
        if business
        else _not_you(),
    )


def _changed(headline: str, sentence: str, button: str) -> AccountLetter:
    return AccountLetter(
        language=_language(),
        subject=headline,
        headline=headline,
        sentences=(sentence,),
        button=button,
        link=_own(reverse("account_reset_password")),
        why=_("You get this mail because it is about the safety of your account."),
    )


def _password_changed(context: dict[str, Any]) -> AccountLetter:
    return _changed(
        _("Your password was changed"),
        _("You have been signed out everywhere else."),
        _("This was not me: choose a new one"),
    )


def _way_in_changed(kind: str, context: dict[str, Any]) -> AccountLetter:
    """Another way into the account was opened or closed, or somebody else wanted to."""
    name = str(context.get("provider") or "")
    headline = _(_CHANGES.get(kind, _CHANGES[""])) % {"name": name}
    return AccountLetter(
        language=_language(),
        subject=headline,
        headline=headline,
        sentences=(
            _("If it was you, you need do nothing."),
            _(
                "If not: sign in, sign out everywhere else, and change what you find under Security."
            ),
        ),
        button=_("Look under Security"),
        link=_own(reverse("security")),
        why=_("You get this mail because it is about the safety of your account."),
    )


def _proof_of_allauth(context: dict[str, Any]) -> AccountLetter:
    return proof(link=context["activate_url"])


_CHANGES: Final = {
    "totp_activated": gettext_noop("Codes from an app were turned on"),
    "totp_deactivated": gettext_noop("Codes from an app were turned off"),
    "recovery_codes_generated": gettext_noop("New recovery codes were made"),
    "webauthn_added": gettext_noop("A passkey was added"),
    "webauthn_removed": gettext_noop("A passkey was removed"),
    "account_connected": gettext_noop("An account at %(name)s was connected"),
    "account_disconnected": gettext_noop("An account at %(name)s was disconnected"),
    "": gettext_noop("Something about your sign-in changed"),
}

_LETTERS: Final[dict[str, Callable[[dict[str, Any]], AccountLetter]]] = {
    "login_code": _code,
    "unknown_account": lambda _context: unknown(),
    "account_already_exists": lambda _context: taken(),
    "email_confirmation": _proof_of_allauth,
    "email_confirmation_signup": _proof_of_allauth,
    "password_changed": _password_changed,
    "password_reset": _password_changed,
    "password_set": _password_changed,
}
