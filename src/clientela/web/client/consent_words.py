"""The words that stand where messages are chosen, by their version: what a consent of that version was given for.

A version that was on a screen once stays here. ``people/consent_text.py`` names the present one.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.people.consent_text import VERSION

WORDS: Final[dict[str, Promise]] = {
    "2026-11": _(
        "With your answer you allow these messages, or not, and we keep when you gave it. You can change it at any time, for each business, under Messages or by the link in every message. Mails about your log-in come in any case."
    ),
    "2026-11.2": _(
        "With your answer you allow these messages, or not, and we keep when and how you gave it. Messages about appointments are confirmations, changes, cancellations and reminders; a word after the visit, or when sessions run low, comes only if you tick it. You can change it at any time, for each business, under Messages or by the link in every email; to a text you can also reply STOP. Emails about your log-in come in any case."
    ),
}


def present_words() -> str:
    """The words of today."""
    return str(WORDS[VERSION])


def words_of(version: str) -> str:
    """The words of a version, or nothing for one that we do not know (a consent that came in a file)."""
    words = WORDS.get(version)
    return "" if words is None else str(words)
