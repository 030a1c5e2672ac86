"""What one column takes, before the database is asked; the actions of this room use it."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from clientela.business.plain_text import line, note
from clientela.catalogue.errors import ValueRefused

_LONG_TEXTS: Final = frozenset({"description"})


def kept_value(*, model: type[models.Model], name: str, value: Any) -> Any:  # noqa: ANN401 -- any column's value
    """Return a value as the column ``name`` keeps it: a text without what is invisible, a whole number.

    Refuses ``ValueRefused`` what the column cannot hold. A number is an ``int`` and nothing else: a text that
    Python would read as one ("1e5", Arabic digits) and a fraction it would cut are refused, not understood.
    """
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 -- an action's open fields are columns
    if isinstance(field, models.IntegerField) and value is not None and type(value) is not int:
        raise ValueRefused(field=name)
    if isinstance(value, str) and isinstance(field, models.CharField):
        limit = field.max_length or 200
        value = note(value, limit=limit) if name in _LONG_TEXTS else line(value, limit=limit)
    try:
        return value if value == "" and not field.choices else field.clean(value, None)
    except ValidationError as error:
        raise ValueRefused(field=name) from error


def refuse_beyond(*, field: str, value: int | None, least: int = 0, most: int) -> None:
    """Refuse ``ValueRefused`` a number outside ``least``..``most``, with both; none is no number."""
    if value is not None and not least <= value <= most:
        raise ValueRefused(field=field, least=least, most=most)
