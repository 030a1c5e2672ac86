"""What the mails say by which people of one household find each other. In the language that is active."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.notify.account_letter import AccountLetter
from clientela.notify.safe_text import inert
from clientela.platform.time_words import exact_moment


def asked(*, language: str, asker: str, link: str, until: datetime, zone: str) -> AccountLetter:
    """To the mailbox that was named; it says who asked, and does not say whether there is an account."""
    facts = {"address": inert(asker, longest=254), "until": exact_moment(until, zone)}
    return AccountLetter(
        language=language,
        subject=_("Do you belong together?"),
        headline=_("A couple or a family?"),
        sentences=(
            _(
                "Somebody who signs in as %(address)s says that the two of you are a couple or a family."
            )
            % facts,
            _(
                "If you agree, your businesses know that you belong together. You stay two people with two client cards, and neither sees anything of the other unless that person allows it."
            ),
            _(
                "The link is open until %(until)s. If you do not know this person, or do not want it, you need do nothing: without you nothing happens."
            )
            % facts,
        ),
        button=_("Look at the invitation"),
        link=link,
        why=_("You get this mail because your address was typed."),
    )


def formed(*, language: str, other: str) -> AccountLetter:
    """To each of the two, once the one who was asked has agreed."""
    facts = {"address": inert(other, longest=254)}
    return AccountLetter(
        language=language,
        subject=_("You belong together now"),
        headline=_("You belong together now"),
        sentences=(
            _(
                "You and %(address)s said that you are a couple or a family. The businesses you both go to know it from now on."
            )
            % facts,
            _(
                "You are still two people with two client cards. Each of you says for themselves what the other may do, and can change it or leave at any time, without a word to the other."
            ),
        ),
        button=_("What the other may do for me"),
        link=settings.PUBLIC_URL + reverse("client:household"),
        why=_(
            "You get this mail because both of you agreed. If it was not you, leave with one press on that page."
        ),
    )


def expired(*, language: str) -> AccountLetter:
    """To both when nobody answered in time."""
    return AccountLetter(
        language=language,
        subject=_("An invitation to belong together has ended"),
        headline=_("Nobody answered in time"),
        sentences=(
            _("So nothing was changed: nobody sees or may do anything by this invitation."),
            _("Whoever asked can ask again."),
        ),
        why=_("You get this mail because the invitation named both addresses."),
    )
