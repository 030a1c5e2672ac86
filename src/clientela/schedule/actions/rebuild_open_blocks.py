"""Keep the masks of open time equal to what hours, closures and absences say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clientela.business.models import Location, Resource, ResourceKind
from clientela.platform.ids import uuid7
from clientela.rules.clock_time import tzdata_version
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import BLOCK_CELLS, block_frame, block_of, to_blocks
from clientela.schedule.models import OpenBlock
from clientela.schedule.queries.open_masks import open_facts

BLOCKS_BEHIND: Final = 1
BLOCKS_AHEAD: Final = 12
"""Blocks of 32 days kept after the present one: a year and some weeks. Beyond, masks are computed."""


def kept_blocks(*, now: datetime) -> range:
    """Return the numbers of the blocks that are kept at this moment."""
    present = block_of(now)
    return range(present - BLOCKS_BEHIND, present + BLOCKS_AHEAD + 1)


def rebuild_open_blocks(
    *, resources: Iterable[Resource], now: datetime, location: Location | None = None
) -> int:
    """Write the open masks of these resources anew, at one location or at each they can serve.

    Runs in its own transaction (or the caller's). Returns how many pairs of resource and place were written.
    """
    chosen = list(resources)
    if not chosen:
        return 0
    business_ids = {one.business_id for one in chosen}
    places = Location.objects.filter(business__in=business_ids)
    if location is not None:
        places = places.filter(pk=location.pk)
    written = 0
    with transaction.atomic():
        for place in places:
            here = [one for one in chosen if serves(resource=one, location=place)]
            _write(resources=here, location=place, now=now)
            written += len(here)
    return written


def serves(*, resource: Resource, location: Location) -> bool:
    """Whether a resource can be used at a location: professionals anywhere, things where they stand."""
    if resource.business_id != location.business_id:
        return False
    if resource.kind == ResourceKind.PROFESSIONAL:
        return True
    return resource.location_id in (None, location.pk)


def stale_resources(*, now: datetime, limit: int) -> dict[Location, list[Resource]]:
    """Return pairs whose masks are missing at the far end or were made with other time zone data."""
    last = kept_blocks(now=now)[-1]
    found: dict[Location, list[Resource]] = defaultdict(list)
    left = limit
    for place in Location.objects.filter(is_active=True).order_by("id").iterator():
        fresh = OpenBlock.objects.filter(location=place, block=last, tzdata=tzdata_version())
        missing = (
            Resource.objects.filter(business=place.business_id, is_active=True)
            .filter(
                Q(kind=ResourceKind.PROFESSIONAL) | Q(location__isnull=True) | Q(location=place)
            )
            .exclude(pk__in=fresh.values("resource"))
            .order_by("id")[:left]
        )
        rows = list(missing)
        if rows:
            found[place] = rows
            left -= len(rows)
        if left <= 0:
            break
    return found


def _write(*, resources: Collection[Resource], location: Location, now: datetime) -> None:
    if not resources:
        return
    numbers = kept_blocks(now=now)
    frame = Frame(block_frame(numbers[0]).origin, len(numbers) * BLOCK_CELLS)
    ids: list[UUID] = [one.pk for one in resources]
    facts = open_facts(resource_ids=ids, location=location, frame=frame)
    OpenBlock.objects.filter(resource__in=ids, location=location).delete()
    rows = []
    for one in ids:
        # An empty block is kept as no bytes: "closed" must differ from "not computed yet".
        blocks = to_blocks(mask=facts[one].open_cells, frame=frame)
        rows += [
            OpenBlock(
                id=uuid7(),
                business_id=location.business_id,
                resource_id=one,
                location=location,
                block=number,
                cells=blocks.get(number, b""),
                tzdata=tzdata_version(),
            )
            for number in numbers
        ]
    OpenBlock.objects.bulk_create(rows)
