"""Change a location."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.actions.amend import amend
from clientela.business.errors import NameMissing
from clientela.business.models import Location
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset(
    {"name", "street", "postcode", "city", "country", "phone", "position", "is_active"}
)


def update_location(*, location: Location, by: Actor, now: datetime, **changes: Any) -> Location:  # noqa: ANN401 -- the columns differ in type
    """Change the given fields. The zone is not among them: promises were made in it; open a new location.

    Refuses ``NameMissing`` and ``ValueRefused``.
    """
    if "name" in changes and not str(changes["name"]).strip():
        raise NameMissing(field="name")
    with transaction.atomic():
        return amend(
            location,
            allowed=OPEN_FIELDS,
            changes=changes,
            action="location-updated",
            by=by,
            now=now,
        )
