"""Free starts: the busiest question of all, answered from masks without a single model instance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from ninja.params.functions import Query

from clientela.api.access import caller_of
from clientela.api.find import find_client, find_location, find_professional, find_service
from clientela.api.inputs import FIRST_DAY, LAST_DAY, Choice, Day, Zone
from clientela.api.routes.answers import ANYONE_OR_TOKEN, refusals
from clientela.api.schemas import AvailabilityOut
from clientela.booking.queries.starts_between import quick_starts_json, starts_json
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import is_known_zone

LONGEST_RANGE = timedelta(days=62)
NONE_FREE = "[]"
router = Router(tags=["Public"])


class Question(NamedTuple):
    """Whose starts on which dates ``[from_on, until_on)`` are asked for; a blank zone is the location's."""

    professional_id: UUID | None
    from_on: date
    until_on: date
    zone: str
    now: datetime
    client: Client | None


@router.get(
    "/businesses/{business}/availability",
    response={200: AvailabilityOut, **refusals(401)},
    summary="Read the free times",
    operation_id="read_availability",
    openapi_extra=ANYONE_OR_TOKEN,
    url_name="availability",
)
def read_availability(  # noqa: PLR0913, PLR0917 -- each is a word of the address
    request: DoorRequest,
    business: str,
    service: UUID,
    from_: Annotated[Day, Query(alias="from", description="The first day, in `zone`.")],
    to: Annotated[Day, Query(description="The last day, included; at most 62 days in all.")],
    zone: Annotated[Zone, Query("", description="Absent: the location's own.")] = "",
    professional: Annotated[Choice, Query(None, description="Absent: anyone who is free.")] = None,
    location: Annotated[Choice, Query(None, description="Absent: the first location.")] = None,
    client: Annotated[
        Choice, Query(None, description="With a token: what this client of the business may book.")
    ] = None,
) -> HttpResponse:
    """List the starts of a service that can be booked now.

    Every start listed was bookable when it was listed. Without `professional` a start is free if anyone is.
    """
    _check_range(from_, to)
    if zone and not is_known_zone(zone):
        raise Refusal("unknown-zone", field="zone")
    question = Question(
        professional, from_, to + timedelta(days=1), zone, clock.now(), _card(request, client)
    )
    quick = quick_starts_json(service_id=service, location_id=location, **question._asdict())
    shown_in, starts = quick or _the_long_way(request, service, location, question)
    return HttpResponse(
        f'{{"zone":"{shown_in}","starts":{starts}}}', content_type="application/json"
    )


def _the_long_way(
    request: DoorRequest, service_id: UUID, location_id: UUID | None, question: Question
) -> tuple[str, str]:
    """Answer what the one statement does not: rooms, groups, masks to be made, and what does not exist."""
    place = find_location(request, location_id)
    shown_in = question.zone or place.zone
    starts = starts_json(
        business=request.business,
        service=find_service(service_id),
        location=place,
        **question._replace(zone=shown_in)._asdict(),
    )
    if starts == NONE_FREE:
        find_professional(
            question.professional_id
        )  # nobody of that id is not the same as nothing free
    return shown_in, starts


def _card(request: DoorRequest, client_id: UUID | None) -> Client | None:
    """The card named, if one is; only then is the caller looked at, so the common question stays one read."""
    if client_id is None:
        return None
    return find_client(client_id, caller=caller_of(request, writing=False))


def _check_range(first: date, last: date) -> None:
    if last < first:
        raise Refusal("range-reversed", field="to")
    if last - first >= LONGEST_RANGE:
        raise Refusal("range-too-long", field="to")
    if not FIRST_DAY <= first <= LAST_DAY:
        raise Refusal("out-of-calendar", field="from")
