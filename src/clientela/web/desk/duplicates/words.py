"""How likely two cards are one person, in words, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clientela.people.match_words import sentence
from clientela.people.models import PairDecision, PairVerdict
from clientela.people.phones import as_read
from clientela.rules.client_match import Evidence, Field, Verdict
from clientela.web.design import times
from clientela.web.design.shapes import Badge

VERY_LIKELY, LIKELY, POSSIBLE = 970, 700, 200
THOUSAND: Final = 1000
_SURE: Final = 999


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an explanation."""

    words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What speaks for one person, and what against it, each with the strongest first."""

    speaks_for: Sequence[Line]
    against: Sequence[Line]


def explained(evidence: Iterable[Evidence]) -> Explained:
    """Return the evidence in sentences of the reader's language; what weighs nothing is left out."""
    lines = list(evidence)
    return Explained(
        speaks_for=[_line(one) for one in lines if one.millibits > 0],
        against=[_line(one) for one in lines if one.millibits < 0],
    )


def likely(verdict: str, probability: int) -> Badge:
    """Return how likely it is, in words and as a figure; of a household, that they are two people."""
    if verdict == Verdict.HOUSEHOLD:
        return Badge(text=_("Perhaps a family or a couple"), icon="users", state="note")
    figure = percent(probability)
    if verdict == Verdict.SAME and probability >= VERY_LIKELY:
        words = _("Very likely one person (%(figure)s)")
        return Badge(text=words % {"figure": figure}, icon="user-check", state="wait")
    if verdict == Verdict.SAME and probability >= LIKELY:
        words = _("Likely one person (%(figure)s)")
        return Badge(text=words % {"figure": figure}, icon="user-check", state="wait")
    words = _("Not certain (%(figure)s)")
    return Badge(text=words % {"figure": figure}, icon="circle-question-mark")


def word_said(said: PairDecision, *, zone: str) -> str:
    """Return what was decided about the pair, and when."""
    words = {
        PairVerdict.DIFFERENT: _("Different people, said on %(day)s"),
        PairVerdict.HOUSEHOLD: _("They belong together, said on %(day)s"),
        PairVerdict.LATER: _("Put aside for thirty days on %(day)s"),
        PairVerdict.SAME: _("One person, said on %(day)s"),
    }
    return words[PairVerdict(said.verdict)] % {"day": times.short_day_and_year(said.at, zone)}


def percent(probability: int) -> str:
    """Return thousandths as a percentage; never 100, for nobody is ever certain."""
    if probability >= _SURE:
        return _("over 99 %")
    return f"{max(1, probability // 10)} %"


def _line(one: Evidence) -> Line:
    return Line(words=capfirst(sentence(replace(one, said=_as_read(one)))))


def _as_read(one: Evidence) -> tuple[str, str]:
    """Return the two values as people read them: numbers in groups, days with their month."""
    first, second = one.said
    if one.field == Field.PHONE:
        return as_read(first), as_read(second)
    if one.field == Field.BIRTHDAY:
        return _day(first), _day(second)
    return first, second


def _day(text: str) -> str:
    try:
        return times.short_day_and_year(date.fromisoformat(text))
    except ValueError:
        return text
