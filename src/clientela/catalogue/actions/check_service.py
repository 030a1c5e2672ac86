"""What a service's values must satisfy before the database is asked; the actions of this room use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clientela.catalogue.actions.check_value import kept_value, refuse_beyond
from clientela.catalogue.errors import MinutesRefused, NameMissing, ValueRefused
from clientela.catalogue.models import PaysOnline, Service
from clientela.rules.money import LARGEST_PRICE

OPEN_FIELDS: Final = frozenset(
    {
        "name",
        "description",
        "duration_minutes",
        "buffer_before_minutes",
        "buffer_after_minutes",
        "price_minor",
        "grid_minutes",
        "lead_minutes",
        "horizon_days",
        "capacity",
        "opens_sessions",
        "needs_approval",
        "is_remote",
        "is_online",
        "is_active",
        "reschedule_closes_minutes",
        "cancel_closes_minutes",
        "cancel_free_minutes",
        "needs_credits",
        "tax_basis_points",
        "single_valid_days",
        "pays_online",
        "deposit_minor",
        "no_show_fee_minor",
        "position",
    }
)
_MONEY: Final = ("price_minor", "deposit_minor", "no_show_fee_minor")
_WHOLE: Final = 10_000
_LONGEST_VALIDITY: Final = 3660
_BY_FIVE: Final = {
    "duration_minutes": 5,
    "buffer_before_minutes": 0,
    "buffer_after_minutes": 0,
    "grid_minutes": 5,
}
_DAY: Final = 1440
_LONGEST_HORIZON: Final = 730


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given values of a service as they are kept.

    Refuses ``NameMissing``, ``MinutesRefused`` (not a multiple of five, or beyond a day) and
    ``ValueRefused``, each with its field; a field that does not exist is a programming error. Whether a
    deposit fits its price is ``refuse_deposit_beyond_price``'s to say, of the whole service.
    """
    unknown = set(fields) - OPEN_FIELDS
    if unknown:
        message = f"a service has no field {sorted(unknown)}"
        raise TypeError(message)
    kept = {name: _kept(name, value) for name, value in fields.items()}
    if kept.get("name") == "":
        raise NameMissing(field="name")
    refuse_beyond(field="horizon_days", value=kept.get("horizon_days"), most=_LONGEST_HORIZON)
    if kept.get("capacity", 1) < 1:
        raise ValueRefused(field="capacity", least=1)
    for name in _MONEY:
        refuse_beyond(field=name, value=kept.get(name), most=LARGEST_PRICE)
    refuse_beyond(field="tax_basis_points", value=kept.get("tax_basis_points"), most=_WHOLE)
    refuse_beyond(
        field="single_valid_days",
        value=kept.get("single_valid_days"),
        least=1,
        most=_LONGEST_VALIDITY,
    )
    return kept


def refuse_deposit_beyond_price(*, pays_online: str, deposit_minor: int, price_minor: int) -> None:
    """Refuse ``ValueRefused`` a deposit that is nothing, or more than the price, where one is asked."""
    if pays_online == PaysOnline.DEPOSIT:
        refuse_beyond(field="deposit_minor", value=deposit_minor, least=1, most=price_minor)


def _kept(name: str, value: Any) -> Any:  # noqa: ANN401 -- any column's value
    kept = kept_value(model=Service, name=name, value=value)
    if name in _BY_FIVE and (kept % 5 or not _BY_FIVE[name] <= kept <= _DAY):
        raise MinutesRefused(field=name)
    return kept
