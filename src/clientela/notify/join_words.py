"""What the mails say by which one person's two accounts become one. In the language that is active."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.notify.account_letter import AccountLetter
from clientela.notify.safe_text import inert
from clientela.platform.time_words import exact_moment


def own_code(*, language: str, code: str, other: str) -> AccountLetter:
    """To the mailbox of whoever asked."""
    return AccountLetter(
        language=language,
        subject=_("Your code to join two accounts"),
        headline=_("The first of two codes"),
        sentences=(
            _("You said that %(address)s is yours too.") % {"address": _read(other)},
            _(
                "Type this code on the page where you asked, and the one we sent to the other address. It works for 30 minutes."
            ),
        ),
        code=code,
        why=_("If this was not you, change your password: somebody is signed in to your account."),
    )


def other_code(*, language: str, code: str, asker: str, link: str) -> AccountLetter:
    """To the mailbox that was named; it says who asked, and does not say whether there is an account."""
    return AccountLetter(
        language=language,
        subject=_("Is this your address too?"),
        headline=_("The second of two codes"),
        sentences=(
            _("Somebody who signs in as %(address)s says that this mailbox is theirs as well.")
            % {"address": _read(asker)},
            _(
                "If that is you: type this code on the page where you asked. Then everything under both addresses becomes one account. The code works for 30 minutes."
            ),
            _(
                "If it is not you: give the code to nobody. Without it nothing happens; with the button you end it at once."
            ),
        ),
        code=code,
        button=_("This was not me"),
        link=link,
        why=_("You get this mail because your address was typed."),
    )


def expired(*, language: str) -> AccountLetter:
    """To both mailboxes when just one of them had answered."""
    return AccountLetter(
        language=language,
        subject=_("The accounts were not joined"),
        headline=_("Only one of the two codes was typed in time"),
        sentences=(
            _("So nothing was changed. Both codes are void."),
            _("You can start again at any time under “My addresses”."),
        ),
        button=_("Sign in"),
        link=settings.PUBLIC_URL + reverse("account_login"),
        why=_("You get this mail because both addresses were asked."),
    )


def joined(
    *, language: str, own: str, other: str, link: str, until: datetime, zone: str
) -> AccountLetter:
    """To both mailboxes: what is one now, and how to part it again."""
    facts = {"own": _read(own), "other": _read(other), "until": exact_moment(until, zone)}
    return AccountLetter(
        language=language,
        subject=_("Your two accounts are one"),
        headline=_("Your two accounts are one"),
        sentences=(
            _(
                "You sign in with %(own)s; what you book with %(other)s lands in the same account. Nothing of your appointments, purchases or credits was lost."
            )
            % facts,
            _(
                "Was it not you, or do you want it back? Part them until %(until)s: each gets its own again, and everybody is signed out."
            )
            % facts,
        ),
        button=_("Part the accounts again"),
        link=link,
        why=_("You get this mail because it is about the safety of your account."),
    )


def undone(*, language: str) -> AccountLetter:
    """To both mailboxes when they were parted again."""
    return AccountLetter(
        language=language,
        subject=_("Your accounts are two again"),
        headline=_("Your accounts are two again"),
        sentences=(
            _("Each has its addresses, appointments and credits as before."),
            _("Everybody has been signed out. Sign in with the address of the account you want."),
        ),
        button=_("Sign in"),
        link=settings.PUBLIC_URL + reverse("account_login"),
        why=_("You get this mail because it is about the safety of your account."),
    )


def _read(address: str) -> str:
    return inert(address, longest=254)
