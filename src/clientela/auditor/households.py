"""Households: of one business, each person in one at most, and every child answered for."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

_MEMBER = (
    "SELECT m.id FROM people_householdmember m JOIN people_household h ON h.id = m.household_id "
    "JOIN people_client c ON c.id = m.client_id "
)


_UNGUARDED = (
    "WHERE m.role = 'child' AND m.until IS NULL AND c.merged_into_id IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM people_householdmember g JOIN people_client a ON a.id = g.client_id "
    "WHERE (g.client_id = m.guardian_id OR a.merged_into_id = m.guardian_id) AND g.role = 'adult' "
    "AND g.until IS NULL AND g.household_id = m.household_id)"
)
_WRONG = (
    ("WHERE h.business_id <> m.business_id", "is of two businesses"),
    ("WHERE c.business_id <> m.business_id", "is of two businesses"),
    (
        "WHERE m.until IS NULL AND c.erased_at IS NOT NULL",
        "stands, though the person was forgotten",
    ),
    ("WHERE m.until IS NOT NULL AND m.until < m.since", "ended before it began"),
    (_UNGUARDED, "is a child's, whom no adult of its household answers for"),
)


def households(question: Question) -> Iterator[str]:
    """Yield what contradicts that a household is of one business, that nobody lives in two, and that adults answer."""
    rows = question.source.rows
    for wrong, words in _WRONG:
        for (key,) in rows(_MEMBER + wrong):
            yield f"membership {key} {words}"
    for (key,) in rows(
        "SELECT client_id FROM people_householdmember WHERE until IS NULL "
        "GROUP BY client_id HAVING COUNT(*) > 1"
    ):
        yield f"card {key} belongs to two households"
