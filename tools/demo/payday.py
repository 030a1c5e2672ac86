"""What one professional was paid for the first weeks: shares, and a closed statement of every visit in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from clientela.integrations.business_file.offer import ServiceEntry
from clientela.rules.commission import part_of
from tools.demo.booking import Row

NEW, RETURNING = 4000, 6500
"""Shares in basis points."""
_WEEKS: Final = 2
_COUNTS: Final = frozenset({"attended", "confirmed", "requested"})


def paid(
    rows: Sequence[Row],
    *,
    professional: str,
    services: dict[str, ServiceEntry],
    first_on: date,
    currency: str,
) -> Row:
    """Return the section, and give a key to each visit that it names.

    The rows lie in order of start. A marker is what the import will decide: new is who was not here before.
    """
    last_on = first_on + timedelta(days=7 * _WEEKS - 1)
    lines: list[Row] = []
    known: set[str] = set()
    for row in rows:
        if row["starts"][:10] > last_on.isoformat():
            break
        if row["professional"] == professional and row["status"] == "attended":
            lines.append(_line(row, services, is_new=row["client"] not in known))
        if row.get("status", "confirmed") in _COUNTS:
            known.add(row["client"])
    before = _moment(first_on - timedelta(days=14))
    return {
        "commissions": [
            {
                "new_share": NEW,
                "returning_share": RETURNING,
                "valid_from": first_on,
                "made_at": before,
            }
        ],
        "statements": [
            {
                "key": "statement-1",
                "professional": professional,
                "first_on": lines[0]["on"],
                "last_on": last_on,
                "currency": currency,
                "closed_at": _moment(last_on + timedelta(days=2)),
                "lines": lines,
            }
        ],
    }


def _line(row: Row, services: dict[str, ServiceEntry], *, is_new: bool) -> Row:
    row["key"] = f"{row['client']}-{row['starts'].lower().replace(':', '-')}"
    price, share = services[row["service"]].price_minor, NEW if is_new else RETURNING
    return {
        "appointment": row["key"],
        "on": date.fromisoformat(row["starts"][:10]),
        "basis_minor": price,
        "newness": "new" if is_new else "returning",
        "share": share,
        "commission": 1,
        "amount_minor": part_of(price, share),
    }


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(9), tzinfo=UTC)
