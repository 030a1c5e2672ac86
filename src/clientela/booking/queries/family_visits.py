"""What the rule of new and returning is told of a card's household: the visits of whoever belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.people.queries.household_ties import household_ties
from clientela.rules.attribution import Facts, Visit, facts_of, family_of
from clientela.rules.lifecycle import OPEN, Status
from clientela.rules.name_match import normalise_email

COUNTS: Final = frozenset({one.value for one in OPEN} | {Status.ATTENDED.value})
"""The states in which an appointment makes those after it a returning client's."""
_READ: Final = (
    "id", "client_id", "status", "channel", "account_id", "address_used", "account__email", "starts_at", "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """A visit with what decides whether somebody else's counts for it."""

    visit: Visit
    starts_at: datetime
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class OfFamily(Own):
    """A visit of somebody in the card's household; ``until`` is when the two ceased to belong together."""

    until: datetime | None

    def counts_for(self, booked_at: datetime) -> bool:
        """Whether it says anything of what was booked then: both were, before the two parted."""
        return self.until is None or max(self.booked_at, booked_at) < self.until


def family_visits(*, client_id: UUID) -> list[OfFamily]:
    """Return the visits of whoever belongs to the card's household, or did; in order of start. Three queries."""
    ties = household_ties(client_id=client_id)
    if not ties:
        return []
    rows = Appointment.objects.filter(WAS_BOOKED, client_id__in=list(ties))
    return [
        OfFamily(
            Visit(
                id=str(key),
                counts=status in COUNTS,
                origin=str(client),
                family=family_of(channel),
                account=str(account) if account else "",
                address=normalise_email(email if account else address),
                of_household=True,
            ),
            starts_at=starts_at,
            booked_at=booked_at,
            until=ties[client],
        )
        for key, client, status, channel, account, address, email, starts_at, booked_at in rows.order_by(
            "starts_at", "id"
        ).values_list(*_READ)
    ]


def facts_with_family(
    own: Sequence[Own], *, family: Sequence[OfFamily], joined: bool
) -> Iterator[tuple[str, Facts]]:
    """Yield the facts of each of the card's own visits, its family's visits counted; in the order of ``own``.

    What somebody did before they left counts on for what was booked by then, and for nothing since. As many passes as
    there are different families over the time: one, where nobody ever left.
    """
    told: dict[str, Facts] = {}
    groups: dict[tuple[int, ...], set[str]] = {}
    for one in own:
        counting = tuple(
            number for number, other in enumerate(family) if other.counts_for(one.booked_at)
        )
        groups.setdefault(counting, set()).add(one.visit.id)
    for counting, ids in groups.items():
        every = sorted([*own, *(family[number] for number in counting)], key=_order)
        facts = facts_of([one.visit for one in every], joined=joined)
        told.update((key, found) for key, found in facts if key in ids)
    yield from ((one.visit.id, told[one.visit.id]) for one in own)


def _order(one: Own) -> tuple[datetime, UUID]:
    return one.starts_at, UUID(one.visit.id)
