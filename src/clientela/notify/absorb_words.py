"""What the mails say when a business joins a card that somebody signs in to with another. In the active language."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from clientela.notify.account_letter import AccountLetter
from clientela.notify.safe_text import inert
from clientela.platform.time_words import exact_moment


def absorbed(
    *, language: str, business: str, link: str, until: datetime, zone: str
) -> AccountLetter:
    """To the mailbox of the log-in that left its card: what was done, and one press against it."""
    facts = {"business": inert(business), "until": exact_moment(until, zone)}
    return AccountLetter(
        language=language,
        subject=_("%(business)s joined your client card with another") % facts,
        headline=_("Is this right?"),
        sentences=(
            _(
                "%(business)s says that you are also their client under another address, and made one card of the two."
            )
            % facts,
            _("Until %(until)s nobody who signs in with the other address sees anything of yours.")
            % facts,
            _(
                "If both are you, there is nothing to do. If not, say so: the cards are parted at once, and everything is as it was."
            ),
        ),
        button=_("Look at it, or say it was not me"),
        link=link,
        why=_("You get this mail because this address signs in to the card."),
    )


def parted(*, language: str, business: str) -> AccountLetter:
    """To the mailboxes of both, once the cards are two again."""
    facts = {"business": inert(business)}
    return AccountLetter(
        language=language,
        subject=_("Your client card at %(business)s stands for itself again") % facts,
        headline=_("Two cards again"),
        sentences=(
            _("At %(business)s your card had been joined with another. That was undone.") % facts,
            _("Your appointments, your purchases and your sessions are yours again, as before."),
        ),
        why=_("You get this mail because your card was one of the two."),
    )
