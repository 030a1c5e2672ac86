"""Which passwords are refused, after NIST SP 800-63B-4: length and a blocklist, and nothing else.

No mixture of letters, figures and signs is asked for, and none expires: both make passwords worse.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from clientela.rules.name_match import search_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

SHORTEST: Final = 15
LONGEST: Final = 256
_SHORTEST_OWN_WORD: Final = 4
_MUST_REMAIN: Final = 8
_FEWEST_SIGNS: Final = 5


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "password-too-short"
    TOO_LONG = "password-too-long"
    TOO_COMMON = "password-too-common"
    OWN_WORDS = "password-own-words"


def as_kept(password: str) -> str:
    """Return the password in the one spelling that is hashed (NFKC), so that every keyboard types the same."""
    return unicodedata.normalize("NFKC", password)


def weakness_of(
    *, password: str, own_words: Iterable[str] = (), common: Container[str] = frozenset()
) -> Weakness | None:
    """Say why a password is refused, or ``None``.

    Lengths are counted in characters of the kept spelling. ``common`` holds passwords in lower case: refused are these, these
    with figures and signs around them, and repetitions of them; likewise runs such as ``abcdef…``. ``own_words`` are
    names that an attacker knows (the person's, the address's, the businesses'): without them enough must remain.
    """
    kept = as_kept(password)
    if len(kept) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(kept) > LONGEST:
        return Weakness.TOO_LONG
    folded = kept.casefold()
    if _is_plain(folded) or _is_common(folded, common):
        return Weakness.TOO_COMMON
    return Weakness.OWN_WORDS if _is_own(folded, own_words) else None


def _is_plain(folded: str) -> bool:
    """Few different signs, or a run up or down the alphabet, the figures, or round and round."""
    if len(set(folded)) < _FEWEST_SIGNS:
        return True
    steps = [ord(after) - ord(before) for before, after in pairwise(folded)]
    usual = max(set(steps), key=steps.count)
    return abs(usual) == 1 and steps.count(usual) >= len(steps) * 3 // 4


def _is_common(folded: str, common: Container[str]) -> bool:
    joined = "".join(folded.split())
    core = joined.strip("0123456789!?.,;:-_*+#@$%&/()=\"'")
    unit = _unit(joined)
    return any(one and one in common for one in (folded, joined, core, unit, _unit(core))) or (
        len(unit) < _MUST_REMAIN
    )


def _unit(text: str) -> str:
    """The shortest piece whose repetition the text is; the text itself if it repeats nothing."""
    at = (text + text).find(text, 1) if text else 0
    return text[:at]


def _is_own(folded: str, own_words: Iterable[str]) -> bool:
    """Whether it is made of own words, and little is left without them."""
    left = whole = search_text(folded).replace(" ", "")
    words = {word for text in own_words for word in _pieces(text)}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != whole and len(left) < _MUST_REMAIN


def _pieces(text: str) -> list[str]:
    """The words of a name, and the name as one word."""
    plain = search_text("".join(char if char.isalnum() else " " for char in text))
    pieces = [*plain.split(), plain.replace(" ", "")]
    return [one for one in pieces if len(one) >= _SHORTEST_OWN_WORD]
