"""Change what is said of a professional."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.actions.amend import amend
from clientela.business.actions.update_resource import OPEN_FIELDS as RESOURCE_FIELDS
from clientela.business.errors import NameMissing
from clientela.business.models import Professional
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset({"title", "about", "email", "is_online", "account"})


def update_professional(
    *,
    professional: Professional,
    by: Actor,
    now: datetime,
    **changes: Any,  # noqa: ANN401 -- the columns differ in type
) -> Professional:
    """Change the given fields of a professional or of the resource behind (name, hue, position, is_active).

    Refuses ``NameMissing`` and ``ValueRefused``.
    """
    if "name" in changes and not str(changes["name"]).strip():
        raise NameMissing(field="name")
    shared = {field: changes[field] for field in changes if field in RESOURCE_FIELDS}
    own = {field: changes[field] for field in changes if field not in RESOURCE_FIELDS}
    with transaction.atomic():
        amend(
            professional.resource,
            allowed=RESOURCE_FIELDS,
            changes=shared,
            action="professional-updated",
            by=by,
            now=now,
        )
        return amend(
            professional,
            allowed=OPEN_FIELDS,
            changes=own,
            action="professional-updated",
            by=by,
            now=now,
        )
