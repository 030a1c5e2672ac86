"""Who was new by which policy, and what professionals were paid: markers that a person set, shares, statements."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clientela.integrations.business_file.fields import (
    BasisPoints,
    Currency,
    Entry,
    Instant,
    Key,
    Line40,
    Minor,
    Word,
)

Newness = Literal["new", "returning"]
Signed = Annotated[int, Field(gt=-(2**53), lt=2**53)]


class MarkerPolicyEntry(Entry):
    """By which policy what was booked from ``since`` on is marked."""

    policy: Literal["one-person", "channel-strict"]
    since: Instant


class MarkerCorrectionEntry(Entry):
    """A marker that a person set, and on which ground; every other one is decided anew."""

    appointment: Key
    to: Newness
    ground: Word
    said_at: Instant


class MarkersEntry(Entry):
    """What is needed to mark the appointments as they were marked."""

    policies: list[MarkerPolicyEntry] = []
    corrections: list[MarkerCorrectionEntry] = []


class CommissionEntry(Entry):
    """A share of what is attended from a day on; without shares the wider one holds again. In the order they were made."""

    service: Key | None = None
    professional: Key | None = None
    new_share: BasisPoints | None = None
    returning_share: BasisPoints | None = None
    valid_from: date
    made_at: Instant


class StatementLineEntry(Entry):
    """A visit of a closed statement. ``commission`` is the number of the agreement, counted from 1."""

    appointment: Key
    on: date
    basis_minor: Minor
    newness: Newness
    share: BasisPoints
    commission: Annotated[int, Field(ge=1)] | None = None
    amount_minor: Minor


class StatementEntry(Entry):
    """A closed statement. Its sums are those of its lines and of the adjustments it took up (``taken_up_by``)."""

    key: Key
    professional: Key
    first_on: date
    last_on: date
    currency: Currency
    closed_at: Instant
    lines: list[StatementLineEntry] = []


class AdjustmentEntry(Entry):
    """What a settled visit turned out to be worth: ``was_minor`` had been counted, ``is_minor`` it is.

    ``of`` is the statement it corrects, ``taken_up_by`` the one it stands in; none: the next one's.
    """

    professional: Key
    appointment: Key
    of: Key
    taken_up_by: Key | None = None
    cause: Line40
    newness: Newness
    share: BasisPoints
    basis_minor: Minor
    was_minor: Signed
    is_minor: Signed
    made_at: Instant


class PayoutsEntry(Entry):
    """Shares, and what was settled by them."""

    commissions: list[CommissionEntry] = []
    statements: list[StatementEntry] = []
    adjustments: list[AdjustmentEntry] = []
