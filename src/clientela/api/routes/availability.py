"""Free starts: the busiest question of all, answered from masks without a single model instance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from clientela.api.find import find_location, find_service
from clientela.api.refusals import as_json
from clientela.api.schemas import AvailabilityOut, RefusalOut
from clientela.booking.queries.slot_texts import slot_texts
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import is_known_zone, to_exact

LONGEST_RANGE = timedelta(days=62)
# Beyond these no zone has rules and no sum of days is sure to exist.
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)
router = Router(tags=["Public"])


@router.get(
    "/businesses/{business}/availability",
    response={200: AvailabilityOut, 422: RefusalOut},
    url_name="availability",
)
def read_availability(  # noqa: PLR0913 -- the parameters of the address, as documented
    request: HttpRequest,
    business: str,
    service: UUID,
    from_: date = Query(..., alias="from"),  # noqa: B008 -- how ninja declares a parameter
    to: date = Query(...),  # noqa: B008 -- likewise
    zone: str = "",
    professional: UUID | None = None,
    location: UUID | None = None,
) -> HttpResponse:
    """Free starts of a service between two dates of ``zone``, both included.

    ``zone`` defaults to the location's. Without ``professional`` a start is free if anyone is.
    """
    if to < from_:
        raise Refusal("range-reversed", field="to")
    if to - from_ >= LONGEST_RANGE:
        raise Refusal("range-too-long", field="to")
    if not FIRST_DAY <= from_ <= LAST_DAY:
        raise Refusal("out-of-calendar", field="from")
    place = find_location(request, location)
    shown_in = zone or place.zone
    if not is_known_zone(shown_in):
        raise Refusal("unknown-zone", field="zone")
    starts = slot_texts(
        business=request.business,  # type: ignore[attr-defined]
        service=find_service(service),
        location=place,
        professional_id=professional,
        from_at=_midnight(from_, shown_in),
        until_at=_midnight(to + timedelta(days=1), shown_in),
        zone=shown_in,
        now=clock.now(),
    )
    return as_json({"zone": shown_in, "starts": starts})


def _midnight(on: date, zone: str) -> datetime:
    return to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")
