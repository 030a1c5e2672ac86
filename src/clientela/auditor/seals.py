"""The chain of seals: what was sealed is what is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from clientela.auditor.breach import Question
from clientela.auditor.source import Row

SEAL = 5
LATE_MILLISECONDS = 24 * 60 * 60 * 1000


def chains(question: Question) -> Iterator[str]:
    """Yield each seal that its movements, or the seal before it, contradict, and each movement left out."""
    rows = question.source.rows(
        "SELECT s.business_id, s.number, s.previous, s.digest, s.movements, p.place, "
        "m.id, m.business_id, m.from_account_id, m.to_account_id, m.unit, m.amount, m.cause, "
        "m.happened_on, m.recorded_at FROM ledger_seal s "
        "LEFT JOIN ledger_sealedmovement p ON p.seal_id = s.id "
        "LEFT JOIN ledger_movement m ON m.id = p.movement_id "
        "ORDER BY s.business_id, s.number, p.place"
    )
    for business, chain in groupby(rows, key=itemgetter(0)):
        expected, before = 1, ""
        for (number, previous, digest, count), places in groupby(
            chain, key=lambda row: row[1:SEAL]
        ):
            name = f"seal {number} of business {business}"
            if (number, previous) != (expected, before):
                yield f"{name} does not follow the one before"
            found = [row[SEAL:] for row in places]
            if _places(found) != list(range(1, count + 1)):
                yield f"{name} has lost movements, or has more than it sealed"
            elif digest != _digest(previous, found):
                yield f"{name} does not match its movements: one of them was changed"
            expected, before = number + 1, digest
    yield from _left_out(question)


def _places(found: list[Row]) -> list[int]:
    """Return the places of a seal whose movement is there."""
    return [row[0] for row in found if row[0] is not None and row[1] is not None]


def _digest(previous: str, found: list[Row]) -> str:
    """Make the digest again, with code of its own."""
    sealed = hashlib.sha256(previous.encode())
    for _, key, business, source, target, unit, amount, cause, day, instant in found:
        ids = [_hex(one) for one in (key, business, source, target)]
        values = [*ids, unit, amount, cause, _day(day), _instant(instant)]
        sealed.update(("\n" + json.dumps(values, separators=(",", ":"))).encode())
    return sealed.hexdigest()


def _hex(value: UUID | str) -> str:
    return value.hex if isinstance(value, UUID) else value


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _instant(value: datetime | str) -> str:
    """Return an instant with microseconds. Both engines give UTC: SQLite as text, without saying so."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}"


def _left_out(question: Question) -> Iterator[str]:
    """Yield each movement that is a day older than a sealed one by its id, and has no seal itself."""
    source = question.source
    for (newest,) in source.rows(
        "SELECT movement_id FROM ledger_sealedmovement ORDER BY movement_id DESC LIMIT 1"
    ):
        milliseconds = int(_hex(newest)[:12], 16) - LATE_MILLISECONDS
        oldest = str(UUID(int=max(0, milliseconds) << 80))
        bound = oldest if source.engine == "postgresql" else oldest.replace("-", "")
        for (key,) in source.rows(
            f"SELECT m.id FROM ledger_movement m WHERE m.id < '{bound}' AND NOT EXISTS "
            "(SELECT 1 FROM ledger_sealedmovement p WHERE p.movement_id = m.id)"
        ):
            yield f"movement {key} was left out of the seals"
