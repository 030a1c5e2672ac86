"""The doctor: questions an installation can be asked, each answered with what is wrong and what to do.

    @check("smtp")
    def smtp_answers(now: datetime) -> Iterable[Finding]: ...

Any app registers its own; `examine` asks them all and never stops at one that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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


def check(name: str) -> Callable[[Check], Check]:
    """Register a question under `name`, a kebab-case word that the page and the command show."""

    def register(ask: Check) -> Check:
        _checks[name] = ask
        return ask

    return register


def checks() -> tuple[str, ...]:
    """Return the names of all questions, in the order of registration."""
    return tuple(_checks)


def examine(*, now: datetime) -> list[Finding]:
    """Ask every question and return all findings, each with the name of its check.

    A question that itself fails is a bad finding; the others are still asked.
    """
    findings: list[Finding] = []
    with system_scope("the doctor looks at everything"):
        for name, ask in _checks.items():
            try:
                answers = list(ask(now))
            except Exception as error:  # noqa: BLE001 -- a broken part is what the doctor is for
                answers = [
                    bad(f"This could not be examined: {describe_error(error)}", "See the log.")
                ]
            findings += [Finding(found.grade, found.text, found.fix, name) for found in answers]
    return findings


def ok(text: str) -> Finding:
    """All is well."""
    return Finding(Grade.OK, text)


def warn(text: str, fix: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(Grade.WARN, text, fix)


def bad(text: str, fix: str) -> Finding:
    """It does not work, or something will be lost."""
    return Finding(Grade.BAD, text, fix)
