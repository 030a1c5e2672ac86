"""How this storey's actions change a row: given fields only, checked, audited by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from clientela.business.errors import ValueRefused
from clientela.business.plain_text import line, note as note_text
from clientela.platform.actor import Actor
from clientela.platform.audit import note

_Row = TypeVar("_Row", bound=models.Model)


def amend(
    row: _Row,
    *,
    allowed: frozenset[str],
    changes: Mapping[str, Any],
    action: str,
    notes: frozenset[str] = frozenset(),
    by: Actor,
    now: datetime,
) -> _Row:
    """Set the changed fields of a row in the caller's transaction, and note which.

    A field that is not ``allowed`` is a programming error; a value the column cannot hold refuses
    ``ValueRefused`` naming the field. Short columns that are ``notes`` keep their lines. Unchanged values are
    not written.
    """
    unknown = set(changes) - allowed
    if unknown:
        message = f"{type(row).__name__} has no open field {sorted(unknown)}"
        raise TypeError(message)
    altered = []
    for name, value in changes.items():
        kept = checked(model=type(row), name=name, value=value, lines=name in notes)
        if getattr(row, name) != kept:
            setattr(row, name, kept)
            altered.append(name)
    if altered:
        row.save(update_fields=altered)
        business_id = getattr(row, "business_id", row.pk)
        note(
            action=action,
            subject=row,
            by=by,
            now=now,
            business_id=business_id,
            details={"fields": sorted(altered)},
        )
    return row


def checked(*, model: type[models.Model], name: str, value: Any, lines: bool = False) -> Any:  # noqa: ANN401 -- any column's value
    """Return the value as the column keeps it, with its ``lines`` or as one; or refuse ``ValueRefused``."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise TypeError(name) from error
    if isinstance(value, str):
        if isinstance(field, models.TextField):
            value = note_text(value, limit=10_000)
        elif isinstance(field, models.CharField):
            value = (note_text if lines else line)(value, limit=field.max_length or 200)
    if isinstance(value, models.Model) or isinstance(field, models.ForeignKey):
        return value
    assert isinstance(field, models.Field)  # noqa: S101 -- relations were handled above
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise ValueRefused(field=name) from error
