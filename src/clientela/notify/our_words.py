"""Our words for a message, written as a business would write them: to begin its own from."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import override

from clientela.notify import wording
from clientela.notify.models import Rule
from clientela.notify.queries.words_of import OwnWords
from clientela.notify.reach import EMAIL, SMS
from clientela.notify.short_words import PUSHES, TEXTS
from clientela.notify.template_text import placeholders_of

_NAMED: Final = re.compile(r"%\((\w+)\)s")
# What our words may say and a business's cannot, in the nearest way it can.
_INSTEAD: Final = {"weekday": "{date}", "where": ", {place}", "left": "{count}", "client": "{name}"}


def our_words(*, rule: Rule, language: str, channel: str) -> OwnWords:
    """Return the words of a kind of message in a language, with named placeholders; the version of ours is 0."""
    with override(language):
        if channel == EMAIL:
            words = wording.WORDS[rule]
            subject, body = str(words.subject), f"{words.headline}\n\n{words.sentence}"
        elif channel == SMS:
            subject, body = "", str(TEXTS[rule].text)
        else:
            subject, body = str(PUSHES[rule].title), str(PUSHES[rule].text)
    return OwnWords(_named(subject, rule), _named(body, rule), 0)


def _named(text: str, rule: Rule) -> str:
    allowed = placeholders_of(rule)

    def written(found: re.Match[str]) -> str:
        name = found[1]
        return "{" + name + "}" if name in allowed else _INSTEAD.get(name, "")

    return _NAMED.sub(written, text)
