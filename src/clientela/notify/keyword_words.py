"""What is answered to STOP, START and HELP: short, in the reader's language, with the way back."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _, override

from clientela.business.models import Business
from clientela.notify.safe_text import one_line
from clientela.notify.short_text import fitted
from clientela.rules.stop_words import Keyword

LONGEST_NAME: Final = 40


def confirmation(word: Keyword, *, business: Business, language: str) -> str:
    """Return the text that answers the word."""
    facts = {"business": one_line(business.name, longest=LONGEST_NAME), "phone": business.phone}
    with override(language):
        return fitted(_words(word, has_phone=bool(business.phone)) % facts)


def _words(word: Keyword, *, has_phone: bool) -> str:
    """The two words are the same in every language: phones and carriers know them."""
    if word is Keyword.STOP:
        return _(
            "%(business)s: you will get no more texts from us. To have them again, answer START."
        )
    if word is Keyword.START:
        return _(
            "%(business)s: texts about your appointments are on again. To end them, answer STOP."
        )
    if has_phone:
        return _(
            "%(business)s: texts about your appointments. Call us: %(phone)s. To end them, answer STOP."
        )
    return _("%(business)s: texts about your appointments. To end them, answer STOP.")
