"""What is known of all cards of a business, when two of them are held beside each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from clientela.people.models import Crowd as Counted, IdentifierKind
from clientela.platform.database import read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.client_match import Crowd

_KEPT_FOR: Final = timedelta(minutes=10)
_MOST: Final = 64
_AT_ONCE: Final = 500
_HOLDERS: Final = """
SELECT value, COUNT(*) FROM people_identifier
 WHERE (%s OR business_id = %s) AND business_id = %s AND kind IN (%s, %s) AND value IN ({marks})
 GROUP BY value
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    read_at: datetime
    crowd: Crowd


_kept: Final[dict[UUID, _Kept]] = {}


def crowd_now(*, business_id: UUID, now: datetime) -> Crowd:
    """Return the crowd as it was last counted; of a business that was never counted, an empty one.

    A process remembers what it read for ten minutes: a crowd is a matter of proportions, and counting it again is
    rare. One query at the most. Which contacts many cards have is not in it: ask ``holders``.
    """
    kept = _kept.get(business_id)
    if kept is None or not timedelta() <= now - kept.read_at < _KEPT_FOR:
        kept = _Kept(now, _read(business_id))
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[business_id] = kept
    return kept.crowd


def forget_crowd(business_id: UUID) -> None:
    """Let the next question read the crowd again: it has just been counted."""
    _kept.pop(business_id, None)


def with_holders(crowd: Crowd, *, contacts: Mapping[str, int]) -> Crowd:
    """Return the crowd with how many cards have these addresses and numbers."""
    if not contacts:
        return crowd
    return replace(crowd, contacts={**crowd.contacts, **contacts})


def holders(*, business_id: UUID, contacts: Collection[str]) -> dict[str, int]:
    """Return how many cards of the business have each address or number. One statement for each 500; none for none."""
    asked = sorted(contacts)
    found: dict[str, int] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        rows = read_rows(
            _HOLDERS.format(marks=marks),
            [*tenant_filter(), business_id, *IdentifierKind.values, *some],
        )
        found.update(rows)
    return found


def _read(business_id: UUID) -> Crowd:
    row = Counted.objects.filter(business=business_id).values_list("size", "counts").first()
    if row is None:
        return Crowd(size=0)
    size, counts = row
    return crowd_from(size=size, counts=counts)


def crowd_from(*, size: int, counts: Mapping[str, Any]) -> Crowd:
    """Return the rule's crowd from what is kept of it."""
    return Crowd(
        size=size,
        given=counts["given"],
        surnames=counts["surnames"],
        contacts=counts["birthdays"],
        own=frozenset(counts["own"]),
    )
