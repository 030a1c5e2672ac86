"""What a seal is made over: one line of text for each movement, and the digest of a batch of them.

The auditor writes the same lines by code of its own, so a change here is a change there, and would break
every chain that stands: these lines never change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from clientela.ledger.models import Movement


def line(movement: Movement) -> str:
    """Return a movement as a line: a JSON list of id, business, accounts, unit, amount, cause, day and instant.

    Ids as 32 hex digits; the instant in UTC, as rows are read, with microseconds and without a zone.
    """
    return json.dumps(
        [
            movement.pk.hex,
            movement.business_id.hex,
            movement.from_account_id.hex,
            movement.to_account_id.hex,
            movement.unit,
            movement.amount,
            movement.cause,
            movement.happened_on.isoformat(),
            f"{movement.recorded_at:%Y-%m-%dT%H:%M:%S.%f}",
        ],
        separators=(",", ":"),
    )


def digest(previous: str, movements: Iterable[Movement]) -> str:
    """Return the SHA-256, in hex, of the seal before and the lines of its movements, each on its own line."""
    text = "\n".join((previous, *(line(one) for one in movements)))
    return hashlib.sha256(text.encode()).hexdigest()
