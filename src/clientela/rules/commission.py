"""What a professional earns of an appointment: which commission rule holds, and how it is rounded.

Amounts are whole minor units; shares are basis points (6000 is 60 %). A share is rounded half up, appointment by
appointment, so a statement's total is the sum of what it lists and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from clientela.rules.attribution import Newness

WHOLE: Final = 10_000
"""Basis points of the whole."""


@dataclass(frozen=True, slots=True)
class Commission:
    """A rule for all appointments, or for those of a service, of a professional, or of both, from a day on.

    Without shares it ends the narrower rule before it: from its day on the wider one holds again. ``number`` is the
    order in which rules were made: of two for the same from the same day the later counts.
    """

    id: UUID
    number: int
    service: UUID | None
    professional: UUID | None
    valid_from: date
    new_share: int | None
    returning_share: int | None

    @property
    def narrowness(self) -> int:
        """How narrow: for a professional counts before for a service, and both before either."""
        return (self.professional is not None) * 2 + (self.service is not None)


def commission_for(
    rules: Iterable[Commission], *, service: UUID, professional: UUID, on: date
) -> Commission | None:
    """Return the rule that holds for an appointment of that day: the narrowest, and of it the last to begin.

    ``None``: nothing was agreed.
    """
    held: dict[int, Commission] = {}
    for one in rules:
        if (
            one.valid_from <= on
            and one.service in {None, service}
            and one.professional in {None, professional}
        ):
            known = held.get(one.narrowness)
            if known is None or (one.valid_from, one.number) > (known.valid_from, known.number):
                held[one.narrowness] = one
    agreed = [one for one in held.values() if one.new_share is not None]
    return max(agreed, key=lambda one: one.narrowness, default=None)


def share_of(rule: Commission, newness: Newness) -> int:
    """Return the share a rule gives, in basis points."""
    share = rule.new_share if newness is Newness.NEW else rule.returning_share
    return share or 0


def part_of(basis_minor: int, share: int) -> int:
    """Return the share of an amount that is not negative, half a unit rounded up."""
    if basis_minor < 0 or not 0 <= share <= WHOLE:
        message = f"no share of {basis_minor}: {share}"
        raise ValueError(message)
    return (basis_minor * share * 2 + WHOLE) // (WHOLE * 2)
