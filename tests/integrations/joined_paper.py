"""Merges, and what was said of pairs, of the document in which nothing is at its default."""

from __future__ import annotations

from tests.integrations.money_paper import Paper, row_id as _id

_STANDS: Paper = {
    "id": _id(66),
    "survivor": "ana-prueba",
    "absorbed": "ana-prueba-2",
    "proof": "staff",
    "by": "staff",
    "joined_at": "2026-02-01T00:00:00Z",
    "evidence": "She showed both cards",
    "plan_digest": "ab" * 32,
    "had_log_in": True,
    "hides": True,
    "shown_from": "2026-02-04T00:00:00Z",
    "brought": {
        "clients": [_id(12)],
        "contacts": [_id(63)],
        "members": [_id(60)],
        "guardians": [_id(61)],
        "series": [_id(13)],
        "appointments": [_id(16)],
        "waiting": [_id(98)],
        "conversations": [_id(21)],
        "sales": [_id(30)],
        "grants": [_id(31)],
    },
    "changed": [
        {"of": "clients", "id": _id(10), "word": "bound_to", "before": "ada-2", "after": "ada"},
        {"of": "clients", "id": _id(10), "word": "language", "after": "es"},
        {
            "of": "contacts",
            "id": _id(63),
            "word": "for_notifications",
            "before": "true",
            "after": "false",
        },
    ],
    "stays": {"appointments": [_id(17)]},
}
_PARTED: Paper = {
    "id": _id(67),
    "survivor": "client",
    "absorbed": "ana-prueba",
    "proof": "both-owners",
    "by": "client",
    "joined_at": "2026-02-02T00:00:00Z",
    "questions": [
        {"of": "appointments", "id": _id(18)},
        {
            "of": "waiting",
            "id": _id(98),
            "decided_for": "ana-prueba",
            "decided_at": "2026-02-03T00:00:00Z",
        },
    ],
    "undone_at": "2026-02-02T12:00:00Z",
    "undone_by": "client",
}
JOINED: Paper = {
    "merges": [_STANDS, _PARTED],
    "said_of_pairs": [
        {
            "first": "ana-prueba",
            "second": "client",
            "verdict": "different",
            "millibits": 12500,
            "version": 3,
            "because": "staff-word",
            "note": "Mother and daughter",
            "by": "staff",
            "said_at": "2026-02-03T00:00:00Z",
        }
    ],
}
