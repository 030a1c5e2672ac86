"""Book, read, move, confirm and cancel: the same actions that the pages call."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status
from ninja.params.functions import Header

from clientela.api.access import Caller, appointment_for, caller_of
from clientela.api.find import find_client, find_location, find_professional, find_service
from clientela.api.inputs import Key, exact
from clientela.api.limits import limit_guest_booking
from clientela.api.routes.answers import ANYONE_OR_TOKEN, TOKEN_OR_LINK, refusals
from clientela.api.schemas import AppointmentIn, AppointmentOut, CancelIn, RescheduleIn
from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.guest import Guest
from clientela.booking.links import manage_url
from clientela.booking.models import Appointment, Channel
from clientela.booking.queries.explain_marker import markers_of
from clientela.booking.queries.lent import lenders_of
from clientela.catalogue.models import Service
from clientela.checkout.queries.booking_terms import booking_terms
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import is_known_zone, local_date, to_local
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState
from clientela.rules.ways_to_pay import Way

DOOR = "api"
IdempotencyKey = Annotated[
    Key | None,
    Header(
        None,
        alias="Idempotency-Key",
        description="Your own word for this request; repeated within seven days it acts once.",
    ),
]
router = Router(tags=["Appointments"])


@router.post(
    "/businesses/{business}/appointments",
    response={201: AppointmentOut, **refusals(401, 403, 409, 429)},
    summary="Book an appointment",
    operation_id="book_appointment",
    openapi_extra=ANYONE_OR_TOKEN,
    url_name="appointments",
)
def book(
    request: DoorRequest,
    business: str,
    appointment: AppointmentIn,
    idempotency_key: IdempotencyKey = None,
) -> Status[dict[str, Any]]:
    """Book a start for a client.

    Anyone may, as on the booking page, unless the business wants its clients to sign in (`login-required`) or to
    pay while booking (`payment-needed`); a program with a token may all the same. If the start was just taken the answer is 409 `slot-taken` with
    the nearest free starts. With an `Idempotency-Key` a repeated request answers with the same appointment.
    """
    caller = caller_of(request, writing=True)
    now = clock.now()
    limit_guest_booking(request, caller=caller, now=now)
    place = find_location(request, appointment.location)
    read_in(request, _known(appointment.zone) or place.zone)
    service, starts_at = find_service(appointment.service), exact(appointment.start, field="start")
    if caller.token is None:
        _refuse_unpaid(service, starts_at=starts_at, zone=place.zone, now=now)
    booked = book_appointment(
        business=request.business,
        service=service,
        starts_at=starts_at,
        client=_for_whom(appointment, caller),
        professional=find_professional(appointment.professional),
        location=place,
        by=caller.actor,
        channel=Channel.API,
        door=DOOR,
        zone=appointment.zone,
        language=appointment.language,
        client_note=appointment.note,
        idempotency_key=idempotency_key,
        now=now,
    )
    return Status(201, appointment_row(booked.appointment, caller))


@router.get(
    "/businesses/{business}/appointments/{appointment_id}",
    response={200: AppointmentOut, **refusals(401)},
    summary="Read an appointment",
    operation_id="read_appointment",
    openapi_extra=TOKEN_OR_LINK,
    url_name="appointment",
)
def read(request: DoorRequest, business: str, appointment_id: UUID) -> dict[str, Any]:
    """Read one appointment, with a token of the business or its own manage link."""
    row, caller = appointment_for(request, appointment_id, writing=False)
    return appointment_row(row, caller)


@router.post(
    "/businesses/{business}/appointments/{appointment_id}/reschedule",
    response={200: AppointmentOut, **refusals(401, 403, 409)},
    summary="Move an appointment",
    operation_id="reschedule_appointment",
    openapi_extra=TOKEN_OR_LINK,
    url_name="reschedule",
)
def reschedule(
    request: DoorRequest,
    business: str,
    appointment_id: UUID,
    change: RescheduleIn,
    idempotency_key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Move an appointment to another start.

    The old time is kept until the new one is won, so a refusal changes nothing.
    """
    row, caller = appointment_for(request, appointment_id, writing=True)
    read_in(request, _known(change.zone) or row.promised_zone)
    moved = reschedule_appointment(
        appointment=row,
        starts_at=exact(change.start, field="start"),
        professional=find_professional(change.professional),
        by=caller.actor,
        zone=change.zone or None,
        door=DOOR,
        idempotency_key=idempotency_key,
        now=clock.now(),
    )
    return appointment_row(moved, caller)


@router.post(
    "/businesses/{business}/appointments/{appointment_id}/cancel",
    response={200: AppointmentOut, **refusals(401, 403, 409)},
    summary="Cancel an appointment",
    operation_id="cancel_appointment",
    openapi_extra=TOKEN_OR_LINK,
    url_name="cancel",
)
def cancel(
    request: DoorRequest, business: str, appointment_id: UUID, change: CancelIn | None = None
) -> dict[str, Any]:
    """Cancel an appointment, within the business's policy.

    Its credit goes back or is lost as the policy says, which `redemption` tells. Cancelling what is cancelled
    already answers with it unchanged.
    """
    row, caller = appointment_for(request, appointment_id, writing=True)
    forfeits = None if change is None else change.forfeits
    if forfeits is not None and caller.token is None:
        raise Refusal("token-needed", field="forfeits")
    cancelled = cancel_appointment(
        appointment=row, by=caller.actor, door=DOOR, forfeits=forfeits, now=clock.now()
    )
    return appointment_row(cancelled, caller)


@router.post(
    "/businesses/{business}/appointments/{appointment_id}/confirm",
    response={200: AppointmentOut, **refusals(401, 403, 409)},
    summary="Confirm attendance",
    operation_id="confirm_attendance",
    openapi_extra=TOKEN_OR_LINK,
    url_name="confirm",
)
def confirm(request: DoorRequest, business: str, appointment_id: UUID) -> dict[str, Any]:
    """Say for the client that they are coming."""
    row, caller = appointment_for(request, appointment_id, writing=True)
    return appointment_row(
        confirm_attendance(appointment=row, by=caller.actor, door=DOOR, now=clock.now()), caller
    )


def appointment_row(row: Appointment, caller: Caller) -> dict[str, Any]:
    """An appointment as the API shows it to this caller, in the zone of its promise.

    Whose card it landed on, and whether that is new, is not a stranger's to know: it would tell who is a client already.
    """
    return {
        "id": row.pk,
        "status": row.status,
        "redemption": row.redemption,
        "held_until": row.held_until,
        "service": row.service_id,
        "professional": row.professional_id,
        "location": row.location_id,
        "start": to_local(row.starts_at, row.promised_zone).isoformat(),
        "end": to_local(row.ends_at, row.promised_zone).isoformat(),
        "zone": row.promised_zone,
        "credit_of": _credit_of(row) if caller.token else None,
        "client": row.client_id if caller.token else None,
        "marker": _marker(row) if caller.token else None,
        "manage_url": manage_url(row),
        "sequence": row.sequence,
    }


def _credit_of(row: Appointment) -> UUID | None:
    """Who of the household lent the credit that stands for it. No query where none stands."""
    if RedemptionState(row.redemption) not in USES_CREDIT:
        return None
    lender = lenders_of(appointment_ids=[row.pk]).get(row.pk)
    return lender.pk if lender else None


def _marker(row: Appointment) -> dict[str, Any] | None:
    """New or returning, as it stands. One query."""
    found = markers_of(appointment_ids=[row.pk]).get(row.pk)
    if found is None:
        return None
    return {"value": found.value, "reason": found.reason, "version": found.version}


def _refuse_unpaid(service: Service, *, starts_at: datetime, zone: str, now: datetime) -> None:
    """Refuse a stranger what has to be paid, or secured by a card, while booking: that takes a page."""
    terms = booking_terms(
        business=service.business,
        service=service,
        client=None,
        is_signed_in=False,
        starts_at=starts_at,
        on=local_date(starts_at, zone),
        now=now,
    )
    if Way.LATER not in terms.ways or terms.fee_minor:
        raise Refusal("payment-needed", field="service")


def _for_whom(appointment: AppointmentIn, caller: Caller) -> Client | Guest:
    card = find_client(appointment.client_id, caller=caller)
    if card is not None:
        return card
    who = appointment.client
    if who is None:
        raise Refusal("client-missing", field="client")
    return Guest(name=who.name, email=who.email, phone=who.phone, language=appointment.language)


def read_in(request: DoorRequest, zone: str) -> None:
    """Remember in which zone the caller reads times, for the alternatives of a refusal."""
    request.read_in = zone  # type: ignore[attr-defined]  # read again where the refusal is answered


def _known(zone: str) -> str:
    if zone and not is_known_zone(zone):
        raise Refusal("unknown-zone", field="zone")
    return zone
