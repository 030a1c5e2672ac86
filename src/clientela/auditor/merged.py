"""Cards that became part of others: each leads to one that stands, and nothing was left behind with it."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

# What a card holds that changes, with its column. Evidence and history stay with the card they were written for.
HELD = (
    ("booking_appointment", "client_id"),
    ("booking_series", "client_id"),
    ("booking_waitingentry", "client_id"),
    ("ledger_sale", "client_id"),
    ("ledger_grant", "client_id"),
    ("checkout_paymentattempt", "client_id"),
    ("conversations_conversation", "client_id"),
)
KEPT = ("booking_appointment", "ledger_sale", "ledger_grant")
STANDS = "m.undone_at IS NULL"


def forest(question: Question) -> Iterator[str]:
    """Yield what contradicts that the joined cards are a forest one step deep, with everything at its roots."""
    yield from _ways(question)
    yield from _left_behind(question)
    yield from _history(question)


def _ways(question: Question) -> Iterator[str]:
    """Yield each joined card that leads nowhere, in a ring, over another joined one, next door, or has a log-in."""
    rows = question.source.rows
    to = "FROM people_client c JOIN people_client t ON t.id = c.merged_into_id WHERE "
    for wrong, words in (
        ("c.id = t.id", "leads to itself"),
        ("t.merged_into_id IS NOT NULL", "leads to a card that was joined itself"),
        ("t.business_id <> c.business_id", "leads to another business's card"),
        ("c.account_id IS NOT NULL", "has a log-in, though it is no more"),
        (
            "t.erased_at IS NOT NULL AND c.erased_at IS NULL",
            "is kept, though the person was forgotten",
        ),
    ):
        for (key,) in rows(f"SELECT c.id {to}{wrong}"):
            yield f"joined card {key} {words}"


def _left_behind(question: Question) -> Iterator[str]:
    """Yield what still refers to a card that is no more, and what parted from what it belongs to."""
    rows = question.source.rows
    for table, column in HELD:
        for (key,) in rows(
            f"SELECT r.id FROM {table} r JOIN people_client c ON c.id = r.{column} "
            "WHERE c.merged_into_id IS NOT NULL"
        ):
            yield f"{table} {key} was left behind with a joined card"
    for (key,) in rows(
        "SELECT g.id FROM ledger_grant g JOIN ledger_sale s ON s.id = g.sale_id "
        "WHERE g.client_id <> s.client_id"
    ):
        yield f"ledger_grant {key} is another client's than its sale"


def _history(question: Question) -> Iterator[str]:
    """Yield each standing merge whose card stands for itself, or of whose rows one is no more."""
    rows = question.source.rows
    for (key,) in rows(
        "SELECT m.id FROM people_merge m JOIN people_client c ON c.id = m.absorbed_id "
        f"WHERE {STANDS} AND c.merged_into_id IS NULL"
    ):
        yield f"merge {key} stands, but its card was parted"
    for (key,) in rows(
        "SELECT m.absorbed_id FROM people_merge m "
        f"WHERE {STANDS} GROUP BY m.absorbed_id HAVING COUNT(*) > 1"
    ):
        yield f"card {key} is part of two others"
    for (key,) in rows(
        "SELECT m.id FROM people_merge m WHERE m.hides AND (m.undone_at IS NOT NULL "
        "OR m.absorbed_account_id IS NULL OR m.shown_from IS NULL)"
    ):
        yield f"merge {key} hides what nobody waits for"
    for table in KEPT:
        for (key,) in rows(
            f"SELECT w.row_id FROM people_mergerow w LEFT JOIN {table} r ON r.id = w.row_id "
            f"WHERE w.of_table = '{table}' AND r.id IS NULL"
        ):
            yield f"{table} {key} was moved by a merge and is no more"
