"""What a service's values must satisfy before the database is asked; the actions of this room use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from clientela.business.plain_text import line, note
from clientela.catalogue.errors import MinutesRefused, NameMissing, ValueRefused
from clientela.catalogue.models import Service

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
        "position",
    }
)
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
    ``ValueRefused``, each with its field; a field that does not exist is a programming error.
    """
    unknown = set(fields) - OPEN_FIELDS
    if unknown:
        message = f"a service has no field {sorted(unknown)}"
        raise TypeError(message)
    kept = {name: _kept(name, value) for name, value in fields.items()}
    if kept.get("name") == "":
        raise NameMissing(field="name")
    if kept.get("horizon_days", 0) > _LONGEST_HORIZON:
        raise ValueRefused(field="horizon_days", most=_LONGEST_HORIZON)
    if kept.get("capacity", 1) < 1:
        raise ValueRefused(field="capacity", least=1)
    return kept


def _kept(name: str, value: Any) -> Any:  # noqa: ANN401 -- any column's value
    field = Service._meta.get_field(name)
    if isinstance(value, str) and isinstance(field, models.CharField):
        limit = field.max_length or 200
        value = note(value, limit=limit) if name == "description" else line(value, limit=limit)
    assert isinstance(field, models.Field)  # noqa: S101 -- a service's open fields are columns
    try:
        kept = value if value == "" else field.clean(value, None)
    except ValidationError as error:
        raise ValueRefused(field=name) from error
    if name in _BY_FIVE and (kept % 5 or not _BY_FIVE[name] <= kept <= _DAY):
        raise MinutesRefused(field=name)
    return kept
