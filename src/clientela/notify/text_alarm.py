"""What owners are told when the month's money for texts is nearly used, and when it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clientela.notify.account_letter import AccountLetter
from clientela.notify.money_letters import money_text
from clientela.notify.reader import Reader
from clientela.notify.safe_text import one_line
from clientela.rules.money import Money


def letter(reader: Reader, *, spent: Money, cap: Money, is_full: bool) -> AccountLetter:
    """Return the letter, in the language that is active."""
    facts = {"spent": money_text(spent), "cap": money_text(cap)}
    if is_full:
        headline = _("The money for texts is used up for this month")
        sentences = (
            _("Of %(cap)s for this month, %(spent)s are spent, and one more text would pass it. Until the month ends no more texts leave.") % facts,
            _("E-mails go on as before. Each text that did not leave says so in its appointment. You can raise the amount at any time."),
        )  # fmt: skip
    else:
        headline = _("Four fifths of the money for texts are used")
        sentences = (
            _("Of %(cap)s for this month, %(spent)s are spent. When all of it is, no more texts leave until the month ends.") % facts,
            _("If somebody made you text strangers, you see them in the list of messages sent."),
        )  # fmt: skip
    return AccountLetter(
        language=reader.language,
        subject=headline,
        headline=headline,
        sentences=sentences,
        button=_("Texts and what they cost"),
        link=reader.link,
        why=_("You get this mail because you own %(business)s.")
        % {"business": one_line(reader.business)},
        sender_name=one_line(reader.business),
    )
