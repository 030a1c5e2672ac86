"""What was settled speaks of visits, people and agreements that are in the file, and each visit is settled once."""

from __future__ import annotations

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.payouts import AdjustmentEntry, StatementEntry
from clientela.integrations.business_file.problems import Problems

_NOTHING = "is the key of nothing"


def check_payouts(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note what leads nowhere, statements that overlap, visits that are settled twice, and sums that are no sums."""
    for number, said in enumerate(document.markers.corrections):
        if said.appointment not in index.appointments:
            problems.add(_NOTHING, "markers", "corrections", number, "appointment")
    for number, rule in enumerate(document.payouts.commissions):
        if rule.service is not None and rule.service not in index.services:
            problems.add(_NOTHING, "payouts", "commissions", number, "service")
        if rule.professional is not None and rule.professional not in index.professionals:
            problems.add(_NOTHING, "payouts", "commissions", number, "professional")
        if (rule.new_share is None) != (rule.returning_share is None):
            problems.add("stands alone", "payouts", "commissions", number, "new_share")
    statements = {entry.key: entry for entry in document.payouts.statements}
    if len(statements) < len(document.payouts.statements):
        problems.add("have a key twice", "payouts", "statements")
    _check_statements(document, index, problems)
    for number, made in enumerate(document.payouts.adjustments):
        _check_adjustment(made, number, statements, index, problems)


def _check_statements(document: BusinessFile, index: Index, problems: Problems) -> None:
    settled: set[tuple[str, str]] = set()
    ends: dict[tuple[str, str], StatementEntry] = {}
    for number, entry in enumerate(document.payouts.statements):
        where = ("payouts", "statements", number)
        if entry.professional not in index.professionals:
            problems.add(_NOTHING, *where, "professional")
        if entry.last_on < entry.first_on:
            problems.add("is before first_on", *where, "last_on")
        before = ends.get((entry.professional, entry.currency))
        if before is not None and entry.first_on <= before.last_on:
            problems.add("is settled before", *where, "first_on")
        ends[entry.professional, entry.currency] = entry
        for place, line in enumerate(entry.lines):
            if line.appointment not in index.appointments:
                problems.add(_NOTHING, *where, "lines", place, "appointment")
            if (line.commission or 0) > len(document.payouts.commissions):
                problems.add("is no agreement", *where, "lines", place, "commission")
            if (line.appointment, entry.professional) in settled:
                problems.add("is settled twice", *where, "lines", place, "appointment")
            settled.add((line.appointment, entry.professional))


def _check_adjustment(
    made: AdjustmentEntry,
    number: int,
    statements: dict[str, StatementEntry],
    index: Index,
    problems: Problems,
) -> None:
    where = ("payouts", "adjustments", number)
    if made.appointment not in index.appointments:
        problems.add(_NOTHING, *where, "appointment")
    for word, key in (("of", made.of), ("taken_up_by", made.taken_up_by)):
        found = statements.get(key or "")
        if key is not None and found is None:
            problems.add(_NOTHING, *where, word)
        elif found is not None and found.professional != made.professional:
            problems.add("is another professional's", *where, word)
    if made.is_minor == made.was_minor:
        problems.add("is what it was", *where, "is_minor")
