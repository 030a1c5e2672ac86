"""What the mails say that follow from facts about log-ins and cards. In the language that is active.

One place for all of them, so that the tone is one person's. Whether and to whom they go is decided by the actions
``mail_…``; ``web/sign_in/letters.py`` has the words of what allauth asks for.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.notify.account_letter import AccountLetter
from clientela.notify.safe_text import inert, one_line
from clientela.platform.time_words import exact_moment


def proof_reminder(
    *, language: str, link: str, days: int, ends_at: datetime, zone: str
) -> AccountLetter:
    """To the mailbox of an account that nobody has proved: what goes, what stays, and the way to keep it."""
    headline = ngettext(
        "Your account ends in %(days)d day", "Your account ends in %(days)d days", days
    ) % {"days": days}
    return AccountLetter(
        language=language,
        subject=_("%(headline)s unless you confirm this address") % {"headline": headline},
        headline=headline,
        sentences=(
            _("It was created with this address, and nobody has confirmed yet that it is yours."),
            _("One tap keeps it. Otherwise it is deleted on %(when)s.")
            % {"when": exact_moment(ends_at, zone)},
            _(
                "Only the log-in goes. Your appointments stay booked, and you find them again if you create an account with this address later."
            ),
        ),
        button=_("Confirm my address"),
        link=link,
        why=_("If this was not you, you need do nothing: the account goes by itself."),
    )


def address_proof(*, language: str, link: str, becomes_login: bool) -> AccountLetter:
    """To a new mailbox: one press proves it."""
    becomes = _("From then on you sign in with it, and your businesses write to it.")
    added = _("From then on bookings made with it belong to your account.")
    return AccountLetter(
        language=language,
        subject=_("Confirm your new address"),
        headline=_("Is this your address?"),
        sentences=(
            _("Somebody, you we think, wants to use this address in an account."),
            becomes if becomes_login else added,
            _("The link works for 24 hours. Until you confirm, nothing changes."),
        ),
        button=_("Yes, it is mine"),
        link=link,
        why=_(
            "If this was not you, you need do nothing: without this mail the address is not used."
        ),
    )


def address_taken(*, language: str) -> AccountLetter:
    """To a mailbox that another account has proved, when somebody wants to add it to theirs."""
    return AccountLetter(
        language=language,
        subject=_("This address has an account already"),
        headline=_("This address has an account already"),
        sentences=(
            _("Somebody wanted to use it in another account. Nothing was changed."),
            _(
                "If both accounts are yours, sign in with this address, and remove it there first if you want it in the other."
            ),
        ),
        button=_("Sign in"),
        link=settings.PUBLIC_URL + reverse("account_login"),
        why=_("If this was not you, you need do nothing."),
    )


def address_changed(
    *, language: str, new_email: str, link: str, until: datetime, zone: str, becomes_login: bool
) -> AccountLetter:
    """To the mailbox that was the log-in until now: what was done, and how to take it back."""
    facts = {"address": inert(new_email, longest=254), "until": exact_moment(until, zone)}
    headline = (
        _("Your sign-in address was changed")
        if becomes_login
        else _("An address was added to your account")
    )
    what = (
        _("You now sign in with %(address)s. All your appointments stay where they are.")
        if becomes_login
        else _("It is %(address)s. It can be used to sign in.")
    )
    return AccountLetter(
        language=language,
        subject=headline,
        headline=headline,
        sentences=(
            what % facts,
            _(
                "Was it you? Then there is nothing to do. If not, take it back until %(until)s: the change is undone, the password no longer works, and everybody is signed out."
            )
            % facts,
        ),
        button=_("This was not me: take it back"),
        link=link,
        why=_("You get this mail because it is about the safety of your account."),
    )


def address_undone(*, language: str) -> AccountLetter:
    """To the mailbox that took a change back."""
    return AccountLetter(
        language=language,
        subject=_("Your account is yours again"),
        headline=_("Your account is yours again"),
        sentences=(
            _("The change of address was undone, and this address is your sign-in again."),
            _(
                "Everybody has been signed out, and the password no longer works. Sign in with a code by email, then choose a new password."
            ),
        ),
        button=_("Sign in"),
        link=settings.PUBLIC_URL + reverse("account_login"),
        why=_("You get this mail because it is about the safety of your account."),
    )


def welcome(*, language: str, business: str, name: str, link: str) -> AccountLetter:
    """From a business to a client it knows: come in. ``name`` is what the business calls the client."""
    facts = {"business": one_line(business), "name": name}
    headline = _("Welcome, %(name)s") if name else _("Welcome")
    return AccountLetter(
        language=language,
        subject=_("%(business)s: your appointments online") % facts,
        headline=headline % facts,
        sentences=(
            _(
                "%(business)s has prepared your access. You can book, move and cancel your appointments yourself, at any hour."
            )
            % facts,
            _(
                "Come in once and choose which messages you want. Until then %(business)s sends you no confirmations or reminders of the appointments it books for you."
            )
            % facts,
            _("The link works for 30 days."),
        ),
        button=_("Come in"),
        link=link,
        why=_(
            "You get this mail because %(business)s has this address as yours. If you do not know it, you need do nothing."
        )
        % facts,
        sender_name=facts["business"],
    )
