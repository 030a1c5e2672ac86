"""Change a room, a piece of equipment, or what all resources share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.actions.amend import amend
from clientela.business.errors import NameMissing
from clientela.business.models import Resource
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset({"name", "location", "hue", "position", "is_active"})


def update_resource(*, resource: Resource, by: Actor, now: datetime, **changes: Any) -> Resource:  # noqa: ANN401 -- the columns differ in type
    """Change the given fields. Switching it off stops new bookings; what is booked stays.

    Refuses ``NameMissing`` and ``ValueRefused``.
    """
    if "name" in changes and not str(changes["name"]).strip():
        raise NameMissing(field="name")
    with transaction.atomic():
        return amend(
            resource,
            allowed=OPEN_FIELDS,
            changes=changes,
            action="resource-updated",
            by=by,
            now=now,
        )
