"""The list of promises, and the audit that asks after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from clientela.auditor import (
    appointments,
    books,
    credit_use,
    households,
    markers,
    merged,
    messages,
    occupied,
    online,
    seals,
    storage,
)
from clientela.auditor.breach import Invariant, Question
from clientela.auditor.source import opened

MOST_SHOWN = 20


def _states(question: Question) -> Iterator[str]:
    """Ask after the two sides of an appointment's state."""
    yield from appointments.states(question)
    yield from credit_use.states(question)


def _sums(question: Question) -> Iterator[str]:
    """Ask after the money in the books, and that which came by a provider."""
    yield from books.sums(question)
    yield from online.received(question)


INVARIANTS = (
    Invariant("INV-1", "Nobody and nothing is taken twice at once.", occupied.overlaps),
    Invariant("INV-2", "No session has more seats taken than it has.", occupied.seats),
    Invariant("INV-4", "Each appointment's state fits its time and its credit.", _states),
    Invariant("INV-5", "Every movement takes what it gives.", books.movements),
    Invariant("INV-6", "No sealed movement was changed.", seals.chains),
    Invariant("INV-7", "No credit is used twice, and none that was not granted.", credit_use.once),
    Invariant("INV-8", "Sales and payments are what their movements say.", _sums),
    Invariant("INV-9", "Each message has one row, with its reason.", messages.one_row_each),
    Invariant("INV-10", "Nobody is written to who must not be.", messages.nobody_unwilling),
    Invariant("INV-11", "No row points at another business's row.", storage.tenants),
    Invariant("INV-12", "Joined cards lead to one that stands, with all they had.", merged.forest),
    Invariant("INV-13", "Each future start is the promised clock reading.", appointments.promises),
    Invariant("INV-15", "The storage is sound.", storage.soundness),
    Invariant(
        "households", "A household is of one business, and adults answer.", households.households
    ),
    Invariant("markers", "Each marker is what its facts and its visits say.", markers.markers),
    Invariant("payouts", "What was settled is the sum of what was earned.", markers.payouts),
    Invariant("references", "Every reference leads somewhere.", storage.references),
    Invariant("masks", "The busy masks equal a recount.", occupied.busy_masks),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one promise: the first breaches, and whether there are more."""

    invariant: str
    promise: str
    breaches: tuple[str, ...]
    has_more: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.breaches


def audit(*, url: str, now: datetime) -> list[Verdict]:
    """Ask after every promise, in one snapshot of the database that is only read."""
    with opened(url) as source:
        question = Question(source, now)
        return [_verdict(invariant, question) for invariant in INVARIANTS]


def _verdict(invariant: Invariant, question: Question) -> Verdict:
    found = list(islice(invariant.examine(question), MOST_SHOWN + 1))
    return Verdict(
        invariant=invariant.name,
        promise=invariant.promise,
        breaches=tuple(found[:MOST_SHOWN]),
        has_more=len(found) > MOST_SHOWN,
    )


def report(verdicts: list[Verdict]) -> str:
    """Return the verdicts as lines for a person."""
    lines = []
    for verdict in verdicts:
        mark = "holds " if verdict.holds else "BROKEN"
        lines.append(f"{mark}  {verdict.invariant:<10} {verdict.promise}")
        lines += [f"          {breach}" for breach in verdict.breaches]
        if verdict.has_more:
            lines.append(f"          … and more than {MOST_SHOWN} in all")
    return "\n".join(lines)
