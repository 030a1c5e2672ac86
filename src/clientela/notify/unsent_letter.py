"""What owners are told when messages could not be sent in time."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from clientela.notify.account_letter import AccountLetter
from clientela.notify.reader import Reader
from clientela.notify.safe_text import one_line


def letter(reader: Reader, *, nobody_there: int, line_down: int, refused: int) -> AccountLetter:
    """Return the letter, in the language that is active.

    ``nobody_there`` were due while the program that sends did not run, ``line_down`` while it ran and could not reach
    whoever carries them; ``refused`` were tried until it was too late.
    """
    business = one_line(reader.business)
    sentences = []
    if nobody_there:
        sentences.append(
            ngettext(
                "%(count)s message was due while the program that sends messages was not running. When it ran again it was too late for it.",
                "%(count)s messages were due while the program that sends messages was not running. When it ran again it was too late for them.",
                nobody_there,
            )
            % {"count": nobody_there}
        )
    if line_down:
        sentences.append(
            ngettext(
                "%(count)s message could not leave because the mail server, or whoever else carries messages, could not be reached. When it answered again it was too late for it.",
                "%(count)s messages could not leave because the mail server, or whoever else carries messages, could not be reached. When it answered again it was too late for them.",
                line_down,
            )
            % {"count": line_down}
        )
    if refused:
        sentences.append(
            ngettext(
                "%(count)s message was refused by whoever carries it until it was too late.",
                "%(count)s messages were refused by whoever carries them until it was too late.",
                refused,
            )
            % {"count": refused}
        )
    sentences.append(
        _(
            "They were not sent afterwards: a reminder that comes after the visit helps nobody. The list says whom each of them was for."
        )
    )
    headline = _("Some messages were not sent")
    return AccountLetter(
        language=reader.language,
        subject=headline,
        headline=headline,
        sentences=tuple(sentences),
        button=_("See the messages"),
        link=reader.link,
        why=_("You get this mail because you own %(business)s.") % {"business": business},
        sender_name=business,
    )
