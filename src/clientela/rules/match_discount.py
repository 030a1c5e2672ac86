"""From what each agreement would say alone to what all say together.

Agreements lean on each other: whoever shares a telephone with their mother also shares her surname. The score of a
pair is therefore not the plain sum: the nearest other story, two relatives, is weighed against it, and what it takes
away is shown as a line of its own where it is a real possibility, and else as a discount on each agreement.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from clientela.rules.match_evidence import MILLI, Evidence, Field, Reason

# Nobody is surer than this, in bits of posterior odds: there is always another story.
SUREST: Final = 20.0
_FLOOR: Final = -60.0
# A family is worth a line when it is likelier than one in about a thousand.
_FAMILY_SEEN: Final = 1024.0
_LEAST: Final = 100


def together(
    evidence: Sequence[Evidence], *, prior_bits: float, family: float
) -> tuple[Evidence, ...]:
    """Return the lines whose weights sum to the score of the pair. ``family``: the odds of relatives against one person.

    More agreement never makes the sum smaller; lines that speak against keep their weight.
    """
    plain = sum(one.millibits for one in evidence)
    taken = _sum_of_all(plain / MILLI, prior_bits, family) - plain
    line = max(taken, -round(MILLI * math.log2(1 + _FAMILY_SEEN * family)))
    if line > -_LEAST:
        line = 0
    lines = _discounted(evidence, taken - line)
    left = taken - (sum(one.millibits for one in lines) - plain)
    if left:
        lines = (*lines, Evidence(Field.FAMILY, Reason.COULD_BE_FAMILY, left))
    return lines


def _sum_of_all(bits: float, prior_bits: float, family: float) -> int:
    """The score in thousandths of a bit, such that with the prior it gives the odds against strangers and relatives."""
    strangers = 2.0 ** -max(_FLOOR, min(bits + prior_bits, -_FLOOR))
    odds = -math.log2(strangers + family)
    return round(MILLI * (min(odds, SUREST) - prior_bits))


def _discounted(evidence: Sequence[Evidence], taken: int) -> tuple[Evidence, ...]:
    """Take so much from the agreements, from each in proportion; the last thousandths from the greatest."""
    ahead = sum(one.millibits for one in evidence if one.millibits > 0)
    if not taken or not ahead:
        return tuple(evidence)
    kept = max(0, ahead + taken)
    lines = [
        _weighing(one, one.millibits * kept // ahead) if one.millibits > 0 else one
        for one in evidence
    ]
    short = kept - sum(one.millibits for one in lines if one.millibits > 0)
    greatest = max(
        range(len(lines)), key=lambda place: (evidence[place].millibits, lines[place].field)
    )
    lines[greatest] = _weighing(lines[greatest], lines[greatest].millibits + short)
    return tuple(lines)


def _weighing(one: Evidence, millibits: int) -> Evidence:
    return Evidence(one.field, one.reason, millibits, one.said)
