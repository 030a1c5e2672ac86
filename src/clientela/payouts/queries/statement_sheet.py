"""A closed statement, as known then and as known now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import Attribution
from clientela.booking.queries.explain_marker import markers_of
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.earned import Earned, commissions_of, earned_of


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One visit: what was counted then, what it is worth now, and the corrections between the two.

    ``line`` is ``None`` for a visit that was noted only after its day was settled.
    """

    line: StatementLine | None
    adjustments: list[Adjustment]
    earned: Earned

    @property
    def then_minor(self) -> int:
        """What was counted when it was closed."""
        return self.line.amount_minor if self.line else 0

    @property
    def now_minor(self) -> int:
        """What it is worth as known now."""
        return self.earned.amount_minor

    @property
    def is_told(self) -> bool:
        """Whether the corrections say the difference; a moment later they do, if not yet."""
        return self.then_minor + sum(one.amount_minor for one in self.adjustments) == self.now_minor


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement: its visits, and the corrections of earlier ones that it took up."""

    statement: Statement
    rows: list[SheetRow]
    taken_up: list[StatementLine]

    @property
    def then_minor(self) -> int:
        """What the visits came to when it was closed."""
        return self.statement.visits_minor

    @property
    def now_minor(self) -> int:
        """What the same visits come to as known now."""
        return sum(row.now_minor for row in self.rows)

    @property
    def differs(self) -> bool:
        """Whether anything turned since."""
        return any(row.adjustments or row.then_minor != row.now_minor for row in self.rows)


def statement_sheet(statement: Statement) -> Sheet:
    """Return a closed statement with what became of each of its visits since. Four queries."""
    lines = list(
        StatementLine.objects.filter(statement=statement)
        .select_related(
            "appointment__service",
            "appointment__client",
            "appointment__location",
            "adjustment__of_statement",
        )
        .order_by("on", "appointment__promised_local", "id")
    )
    visits = [one for one in lines if one.adjustment_id is None]
    corrections = _corrections(statement)
    known = {one.appointment_id for one in visits}
    found_later = [key for key in corrections if key not in known]
    markers = markers_of(appointment_ids=[*known, *found_later])
    rules = commissions_of(business_id=statement.business_id)

    def earned(one: StatementLine | Adjustment, marker: Attribution | None) -> Earned:
        return earned_of(
            appointment=one.appointment,
            professional_id=statement.professional_id,
            marker=marker,
            rules=rules,
        )

    rows = [
        SheetRow(
            one,
            corrections.get(one.appointment_id, []),
            earned(one, markers.get(one.appointment_id)),
        )
        for one in visits
    ]
    rows += [
        SheetRow(None, corrections[key], earned(corrections[key][0], markers.get(key)))
        for key in found_later
    ]
    return Sheet(statement, rows, [one for one in lines if one.adjustment_id is not None])


def _corrections(statement: Statement) -> dict[UUID, list[Adjustment]]:
    found: dict[UUID, list[Adjustment]] = defaultdict(list)
    rows = Adjustment.objects.filter(of_statement=statement).select_related(
        "appointment__service", "appointment__client", "appointment__location"
    )
    for one in rows.order_by("made_at", "id"):
        found[one.appointment_id].append(one)
    return found
