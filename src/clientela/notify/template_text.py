"""A business's own words: plain text with a few named placeholders, and nothing else.

Nothing is ever evaluated. A pair of braces round one of the names below stands for a fact; any other brace is
refused. There are no attributes, indexes, formats, conditions or escapes, and what a fact says is never read again, so a
client called ``{link}`` stays one. The words are text in every channel: markup in them is escaped by whoever draws them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from clientela.notify.errors import WordsRefused
from clientela.notify.models import Rule
from clientela.notify.safe_text import one_line

USUAL: Final = (
    "name",
    "when",
    "date",
    "time",
    "zone",
    "place",
    "service",
    "professional",
    "business",
    "link",
)
"""What stands for something in every message to a client."""
SPECIAL: Final[Mapping[Rule, tuple[str, ...]]] = {
    Rule.CONFIRMATION: ("count",),
    Rule.CHANGE: ("before",),
    Rule.BALANCE_LOW: ("count",),
}
"""What some messages know besides: the time before, and how many appointments or sessions."""
PLACEHOLDERS: Final = (*USUAL, "before", "count")
LONGEST_LINES: Final = 40

_PIECE: Final = re.compile(r"\{([a-z]+)\}")
_BRACE: Final = re.compile(r"[{}]")


def placeholders_of(rule: Rule) -> tuple[str, ...]:
    """Return the names that may stand in the words of a rule, in the order they are offered."""
    return (*USUAL, *SPECIAL.get(rule, ()))


def checked_line(text: str, *, rule: Rule, field: str, longest: int) -> str:
    """Return words of one line as they are kept, without control characters.

    Refuses ``WordsRefused`` (``field`` is the one to blame): ``words-too-long`` above ``longest`` characters,
    ``placeholder-unknown`` and ``placeholder-not-here`` (with its ``name``), ``placeholder-broken`` for any other brace.
    """
    return _checked(_line(text), rule=rule, field=field, longest=longest)


def checked_lines(text: str, *, rule: Rule, field: str, longest: int) -> str:
    """Do the same for words of several lines: at most one empty line stands between two, and forty are kept."""
    lines = [_line(one) for one in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if kept.count("\n") >= LONGEST_LINES:
        raise WordsRefused("words-too-long", field=field, most=longest)
    return _checked(kept, rule=rule, field=field, longest=longest)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put the facts in place, once. A name without a fact says nothing; what is no placeholder stays as it stands."""
    return _PIECE.sub(
        lambda found: facts.get(found[1], "") if found[1] in PLACEHOLDERS else found[0], text
    )


def _line(text: str) -> str:
    return one_line(text, longest=len(text) + 1)


def _checked(text: str, *, rule: Rule, field: str, longest: int) -> str:
    if len(text) > longest:
        raise WordsRefused("words-too-long", field=field, most=longest)
    allowed = placeholders_of(rule)
    for found in _PIECE.finditer(text):
        name = found[1]
        if name not in allowed:
            reason = "placeholder-not-here" if name in PLACEHOLDERS else "placeholder-unknown"
            raise WordsRefused(reason, field=field, name=name)
    if _BRACE.search(_PIECE.sub("", text)):
        raise WordsRefused("placeholder-broken", field=field)
    return text
