"""What can be booked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from clientela.integrations.business_file.fields import (
    BasisPoints,
    Entry,
    Id,
    Key,
    Line120,
    Minor,
    Minutes,
    Name120,
    Text400,
)
from clientela.integrations.business_file.premises import Cutoff

Length = Annotated[Minutes, Field(ge=5)]


def _distinct(keys: list[str]) -> list[str]:
    if len(set(keys)) != len(keys):
        msg = "must name each only once"
        raise ValueError(msg)
    return keys


Keys = Annotated[list[Key], AfterValidator(_distinct)]


class NeedEntry(Entry):
    """Something a service needs besides a professional, met by any one of these."""

    name: Line120
    any_of: Keys


class ServiceEntry(Entry):
    """A service. Lengths are minutes, multiples of five; the price is in the smallest coin.

    ``capacity`` above one makes it a group service: its appointments are seats of sessions.
    """

    key: Key
    id: Id | None = None
    name: Name120
    description: Text400 = ""
    duration_minutes: Length
    buffer_before_minutes: Minutes = 0
    buffer_after_minutes: Minutes = 0
    price_minor: Minor = 0
    grid_minutes: Length = 15
    lead_minutes: Cutoff = 120
    horizon_days: Annotated[int, Field(ge=0, le=730)] = 90
    capacity: Annotated[int, Field(ge=1, le=32767)] = 1
    opens_sessions: bool = False
    needs_approval: bool = False
    is_remote: bool = False
    is_online: bool = True
    is_active: bool = True
    reschedule_closes_minutes: Cutoff | None = None
    cancel_closes_minutes: Cutoff | None = None
    cancel_free_minutes: Cutoff | None = None
    needs_credits: bool = False
    tax_basis_points: BasisPoints = 0
    single_valid_days: Annotated[int, Field(ge=0, le=32767)] | None = None
    pays_online: Literal["off", "may", "deposit", "full"] = "off"
    deposit_minor: Minor = 0
    no_show_fee_minor: Minor = 0
    professionals: Keys = []
    needs: list[NeedEntry] = []

    @model_validator(mode="after")
    def _deposit_within_price(self) -> Self:
        if self.pays_online == "deposit" and not 0 < self.deposit_minor <= self.price_minor:
            msg = "needs a deposit_minor of at most its price"
            raise ValueError(msg)
        return self


class PackageEntry(Entry):
    """Credits of the services it covers, for one price with the tax in it.

    They count from a sale's application date for ``valid_count`` days or months; without: for ever.
    """

    key: Key
    id: Id | None = None
    name: Name120
    description: Text400 = ""
    credits: Annotated[int, Field(ge=1, le=1000)]
    price_minor: Minor
    tax_basis_points: BasisPoints = 0
    valid_count: Annotated[int, Field(ge=1, le=32767)] | None = None
    valid_unit: Literal["day", "month"] = "month"
    sold_online: Literal["nobody", "clients", "anyone"] = "clients"
    is_active: bool = True
    services: Keys = []
