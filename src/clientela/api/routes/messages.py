"""What became of messages, and what a booking would cause: with the reasons that pages, rows and programs share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from clientela.api.access import Caller, appointment_for, program_of
from clientela.api.find import find_client, find_location, find_professional, find_service
from clientela.api.inputs import exact
from clientela.api.routes.answers import TOKEN, refusals
from clientela.api.schemas import WRITTEN, AppointmentIn
from clientela.booking.models import Channel
from clientela.business.queries.home_country import home_country
from clientela.notify.queries.forecast import ForecastLine, Wish, forecast
from clientela.notify.queries.trace import TraceLine, trace
from clientela.people.emails import parse_email
from clientela.people.phones import parse_phone
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import to_local
from clientela.rules.lifecycle import Status

router = Router(tags=["Messages"])
_REASONS = (
    "A word of a closed list: queued, handed_over (a carrier took it; not that it arrived), delivered, or why it was "
    "not sent: not_activated, opted_out, channel_off_by_client, no_address, landline, invalid_number, too_close, "
    "rule_disabled, policy_gate, duplicate_suppressed, quiet_hours, cancelled_before_send, superseded, bounced_hard, "
    "bounced_soft, carrier_filtered, provider_error, scheduler_down, or unknown (it may have left)."
)


class MessageOut(Schema):
    """One message there will be, was, or should have been. Where it goes is not told: a program needs no contacts to ask why."""

    kind: str = Field(description="Which rule asks for it.", examples=["confirmation", "reminder"])
    timing: str = Field(
        description="Blank: at once; `before:1440`, minutes before the start; `day:1@540`, the day before at minute "
        "540 of the place's clock; `after:120`, minutes after the end."
    )
    recipient: str = Field(description="client, professional or desk.")
    channel: str = Field(description="email, sms or push.")
    reason: str = Field(description=_REASONS)
    because: str = Field(
        description="Which of several causes the reason had, where it has several."
    )
    due: str = Field(description="Its time by the plan, in `zone`.", examples=[WRITTEN])
    zone: str = Field(description="The zone its reader is told times in.")


class AttemptOut(Schema):
    """One try to hand it over."""

    number: int
    outcome: str = Field(description="open, accepted, retry, refused or unknown.")
    code: str = Field(description="What the carrier answered.")
    started_at: datetime


class ReceiptOut(Schema):
    """What a carrier said afterwards."""

    kind: str = Field(description="sent, delivered, bounced_hard, landline, opted_out …")
    code: str
    at: datetime


class TracedOut(MessageOut):
    """A message with its history."""

    id: UUID
    outlook: str | None = Field(
        description="Of one that waits: the reason it would end with as things stand (`queued`: it will leave)."
    )
    at: str = Field(description="When it was settled or is tried next, in `zone`.")
    segments: int = Field(description="As how many a text was counted.")
    attempts: list[AttemptOut]
    receipts: list[ReceiptOut]


class TraceOut(Schema):
    """Every message about an appointment, in the order of the facts."""

    messages: list[TracedOut]


class ForecastOut(Schema):
    """Every message that a booking would cause, in the order of the business's plan."""

    messages: list[MessageOut]


@router.get(
    "/businesses/{business}/appointments/{appointment_id}/messages",
    response={200: TraceOut, **refusals(401)},
    summary="Read what became of an appointment's messages",
    operation_id="read_messages",
    openapi_extra=TOKEN,
    url_name="messages",
)
def read_messages(request: DoorRequest, business: str, appointment_id: UUID) -> dict[str, Any]:
    """List every message there was or should have been, also those that were not sent, each with its one reason."""
    program_of(request, writing=False)
    row, _ = appointment_for(request, appointment_id, writing=False)
    return {"messages": [_traced(line) for line in trace(appointment=row, now=clock.now())]}


@router.post(
    "/businesses/{business}/forecast",
    response={200: ForecastOut, **refusals(401)},
    summary="Say which messages a booking would cause",
    operation_id="forecast_messages",
    openapi_extra=TOKEN,
    url_name="forecast",
)
def forecast_messages(
    request: DoorRequest, business: str, appointment: AppointmentIn
) -> dict[str, Any]:
    """Take a booking as the booking operation does, write nothing, and list who would hear of it, when, and who not and why.

    If nothing changes meanwhile, the trace of the appointment says the same afterwards. Whether the start is free is not
    asked.
    """
    caller = program_of(request, writing=True)
    now = clock.now()
    return {
        "messages": [
            _line(one) for one in forecast(wish=_wish(request, appointment, caller), now=now)
        ]
    }


def _wish(request: DoorRequest, wanted: AppointmentIn, caller: Caller) -> Wish:
    service, starts_at = find_service(wanted.service), exact(wanted.start, field="start")
    card = find_client(wanted.client_id, caller=caller)
    who = wanted.client
    if card is None and who is None:
        raise Refusal("client-missing", field="client")
    typed = who if card is None else None
    return Wish(
        business=request.business,
        service=service,
        location=find_location(request, wanted.location),
        professional=find_professional(wanted.professional),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_minutes),
        channel=Channel.API,
        status=Status.REQUESTED if service.needs_approval else Status.CONFIRMED,
        card=card,
        email=parse_email(typed.email) if typed and typed.email else "",
        phone=_number(request, typed.phone) if typed and typed.phone else "",
        zone=wanted.zone,
        language=wanted.language,
    )


def _number(request: DoorRequest, text: str) -> str:
    """Read a number as booking does: without a prefix, as of the business's country."""
    return parse_phone(text, country=home_country(business=request.business)).e164


def _line(one: ForecastLine | TraceLine) -> dict[str, Any]:
    return {
        "kind": one.rule.value,
        "timing": one.timing,
        "recipient": one.recipient.value,
        "channel": one.channel,
        "reason": one.reason.value,
        "because": one.because,
        "due": to_local(one.due_at, one.zone).isoformat(),
        "zone": one.zone,
    }


def _traced(line: TraceLine) -> dict[str, Any]:
    return {
        **_line(line),
        "id": line.message_id,
        "outlook": line.outlook.value if line.outlook else None,
        "at": to_local(line.at, line.zone).isoformat(),
        "segments": line.segments,
        "attempts": _plain(line.attempts, "number", "outcome", "code", "started_at"),
        "receipts": _plain(line.receipts, "kind", "code", "at"),
    }


def _plain(rows: Iterable[object], *words: str) -> list[dict[str, Any]]:
    return [{word: getattr(row, word) for word in words} for row in rows]
