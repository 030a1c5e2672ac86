"""The doctor: questions an installation can be asked, each answered with what is wrong and what to do.

    @check("smtp")
    def smtp_answers(now: datetime) -> Iterable[Finding]: ...

Any app registers its own; `examine` asks them all and never stops at one that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.core.cache import cache
from django.db import Error

from clientela.platform.redaction import describe_error
from clientela.platform.tenancy import system_scope

__all__ = ["Check", "Finding", "Grade", "bad", "check", "checks", "examine", "ok", "warn"]


class Grade(StrEnum):
    """How bad it is. WARN works today; BAD does not, or loses something."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer: what was found, and what to do about it (empty when nothing)."""

    grade: Grade
    text: str
    fix: str = ""
    check: str = ""


Check = Callable[[datetime], Iterable[Finding]]
_checks: dict[str, Check] = {}
_outside: set[str] = set()
WELL_FOR_SECONDS: Final = 600
"""How long a page believes an answer from outside that was good."""


def check(name: str, *, outside: bool = False) -> Callable[[Check], Check]:
    """Register a question under `name`, a kebab-case word that the page and the command show.

    One that looks at something outside this computer (`outside`) takes seconds when that does not answer.
    """

    def register(ask: Check) -> Check:
        _checks[name] = ask
        if outside:
            _outside.add(name)
        return ask

    return register


def checks() -> tuple[str, ...]:
    """Return the names of all questions, in the order of registration."""
    return tuple(_checks)


def examine(*, now: datetime, afresh: bool = True) -> list[Finding]:
    """Ask every question and return all findings, each with the name of its check.

    A question that itself fails is a bad finding; the others are still asked. Unless it is asked `afresh`, what was
    well outside this computer a few minutes ago is believed to be so still; what was not is asked again.
    """
    findings: list[Finding] = []
    with system_scope("the doctor looks at everything"):
        for name, ask in _checks.items():
            known = None if afresh or name not in _outside else _remembered(name)
            answers = known or [_named(name, found) for found in _answers(ask, now)]
            if name in _outside and known is None:
                _remember(name, answers)
            findings += answers
    return findings


def _answers(ask: Check, now: datetime) -> list[Finding]:
    try:
        return list(ask(now))
    except Exception as error:  # noqa: BLE001 -- a broken part is what the doctor is for
        return [bad(f"This could not be examined: {describe_error(error)}", "See the log.")]


def _named(name: str, found: Finding) -> Finding:
    return Finding(found.grade, found.text, found.fix, name)


def _remembered(name: str) -> list[Finding] | None:
    try:
        kept = cache.get(f"doctor:{name}")
    except Error:  # no tables yet: nothing is remembered
        return None
    return (
        None if kept is None else [Finding(**{**row, "grade": Grade(row["grade"])}) for row in kept]
    )


def _remember(name: str, answers: list[Finding]) -> None:
    with suppress(Error):  # no tables yet: a check of its own says so
        if all(found.grade is Grade.OK for found in answers):
            cache.set(f"doctor:{name}", [asdict(found) for found in answers], WELL_FOR_SECONDS)
        else:
            cache.delete(f"doctor:{name}")


def ok(text: str) -> Finding:
    """All is well."""
    return Finding(Grade.OK, text)


def warn(text: str, fix: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(Grade.WARN, text, fix)


def bad(text: str, fix: str) -> Finding:
    """It does not work, or something will be lost."""
    return Finding(Grade.BAD, text, fix)
