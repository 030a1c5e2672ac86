"""Faults of joined cards: the promise that breaks, the words it is named with, and the SQL that does it."""

from __future__ import annotations

CARD, JOINED = "UPDATE people_client SET", "WHERE merged_into_id IS NOT NULL"
APPOINTMENT, GRANT = "UPDATE booking_appointment SET", "UPDATE ledger_grant SET"
MERGE, MOVED = "UPDATE people_merge SET", "SELECT row_id FROM people_mergerow"
GONE = "SELECT absorbed_id FROM people_merge LIMIT 1"

GONE_ROWS = f"DELETE FROM booking_appointment WHERE id IN ({MOVED})"  # noqa: S608 -- fixed words

MERGE_FAULTS: list[tuple[str, str, list[str]]] = [
    ("INV-12", "leads to itself", [f"{CARD} merged_into_id = id {JOINED}"]),
    ("INV-12", "was joined itself", [f"{CARD} merged_into_id = ({GONE})"]),
    ("INV-12", "left behind", [f"{APPOINTMENT} client_id = ({GONE})"]),
    ("INV-12", "but its card was parted", [f"{CARD} merged_into_id = NULL {JOINED}"]),
    ("INV-12", "another client's than its sale", [f"{GRANT} client_id = ({GONE})"]),
    ("INV-12", "hides what nobody waits for", [f"{MERGE} hides = true"]),
    ("INV-12", "is no more", [GONE_ROWS]),
]
