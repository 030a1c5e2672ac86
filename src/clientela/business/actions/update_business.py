"""Change what a business says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from clientela.business.actions.amend import amend
from clientela.business.errors import BusinessGivenUp, NameMissing, SlugTaken
from clientela.business.models import Business
from clientela.business.slugs import check_slug
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset(
    {
        "name",
        "slug",
        "tagline",
        "language",
        "currency",
        "email",
        "phone",
        "hue",
        "vivid",
        "is_open",
    }
)


def update_business(*, business: Business, by: Actor, now: datetime, **changes: Any) -> Business:  # noqa: ANN401 -- the columns differ in type
    """Change the given fields. A new slug is checked like a first one; the old address then ends.

    Refuses ``NameMissing``, ``SlugInvalid``, ``SlugReserved``, ``SlugTaken``, ``ValueRefused``, and
    ``BusinessGivenUp`` for opening the page of one that was closed for good.
    """
    if "name" in changes and not str(changes["name"]).strip():
        raise NameMissing(field="name")
    if changes.get("is_open") and business.closed_at is not None:
        raise BusinessGivenUp(field="is_open")
    if "slug" in changes:
        check_slug(changes["slug"])
    try:
        with transaction.atomic():
            return amend(
                business,
                allowed=OPEN_FIELDS,
                changes=changes,
                action="business-updated",
                by=by,
                now=now,
            )
    except IntegrityError as error:
        raise SlugTaken(field="slug") from error
