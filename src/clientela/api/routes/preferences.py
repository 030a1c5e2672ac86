"""By what a client wants to hear from the business: read and set by another program of it, such as a till."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field, StringConstraints

from clientela.api.access import program_of
from clientela.api.find import client_of_path
from clientela.api.routes.answers import TOKEN, refusals
from clientela.api.schemas import Strict
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, Consent, How, Purpose
from clientela.people.quiet_time import AS_THE_BUSINESS, QuietTime
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest

router = Router(tags=["Clients"])

_CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Clock = Annotated[str, StringConstraints(pattern=_CLOCK), Field(examples=["22:00"])]
NotifyBy = Literal["none", "email", "email_and_sms"]


class QuietIn(Strict):
    """Hours in which the client is not to be disturbed, on their own clock; both the same: never quiet."""

    from_: Clock = Field(alias="from")
    until: Clock


class PreferencesIn(Strict):
    """What the client said. What is absent stays as it is; `quiet` null: as the business has it."""

    notify_by: NotifyBy = Field(
        description="By what they hear about appointments. `none`: nothing at all, also after the visit."
    )
    wants_follow_up: bool | None = Field(
        None, description="Whether a word after the visit, or when sessions run low, is welcome."
    )
    quiet: QuietIn | None = Field(None, description="Hours of their own; null: the business's.")


class QuietOut(Schema):
    """Hours of the client's own day."""

    from_: str = Field(serialization_alias="from", examples=["22:00"])
    until: str = Field(examples=["08:00"])


class SaidOut(Schema):
    """The newest statement about a purpose, kept as evidence."""

    purpose: str = Field(description="appointments or follow-up.")
    notify_by: str
    how: str = Field(
        description="activation, booking, preferences, stop-link, staff, api or keyword."
    )
    text_version: str = Field(description="Which words stood before them.")
    at: datetime


class PreferencesOut(Schema):
    """By what a client hears from the business, and the statements that say so."""

    notify_by: str
    wants_follow_up: bool
    quiet: QuietOut | None
    said: list[SaidOut]


@router.get(
    "/businesses/{business}/clients/{client_id}/preferences",
    response={200: PreferencesOut, **refusals(401)},
    summary="Read a client's preferences about messages",
    operation_id="read_client_preferences",
    openapi_extra=TOKEN,
    url_name="client-preferences",
    by_alias=True,
)
def read_preferences(request: DoorRequest, business: str, client_id: UUID) -> dict[str, Any]:
    """Read by what a client hears about appointments, and the newest statement of each purpose."""
    program_of(request, writing=False)
    return _row(client_of_path(client_id))


@router.put(
    "/businesses/{business}/clients/{client_id}/preferences",
    response={200: PreferencesOut, **refusals(401, 403)},
    summary="Set a client's preferences about messages",
    operation_id="set_client_preferences",
    openapi_extra=TOKEN,
    url_name="client-preferences",
    by_alias=True,
)
def put_preferences(
    request: DoorRequest, business: str, client_id: UUID, wish: PreferencesIn
) -> dict[str, Any]:
    """Keep what the client has said to whoever uses the program, with the evidence; the same again adds nothing.

    Do not set what nobody said: the statement is kept as the client's word.
    """
    caller = program_of(request, writing=True)
    card = client_of_path(client_id)
    set_preferences(
        client=card,
        notify_by=wish.notify_by,
        wants_follow_up=wish.wants_follow_up,
        quiet=_quiet(wish),
        how=How.API,
        by=caller.actor,
        now=clock.now(),
    )
    return _row(card)


def _quiet(wish: PreferencesIn) -> QuietTime | None:
    """What was said about quiet hours; None where the field is absent."""
    if "quiet" not in wish.model_fields_set:
        return None
    if wish.quiet is None:
        return AS_THE_BUSINESS
    return QuietTime(_minute(wish.quiet.from_), _minute(wish.quiet.until))


def _row(card: Client) -> dict[str, Any]:
    begins, ends = card.quiet_from_minute, card.quiet_until_minute
    quiet = None
    if begins is not None and ends is not None:
        quiet = {"from_": _clock(begins), "until": _clock(ends)}
    return {
        "notify_by": card.notify_by,
        "wants_follow_up": card.wants_follow_up,
        "quiet": quiet,
        "said": [_said(one) for one in _newest(card)],
    }


def _newest(card: Client) -> list[Consent]:
    rows = Consent.objects.filter(client=card).order_by("at", "id")
    by_purpose = {one.purpose: one for one in rows}
    return [by_purpose[purpose] for purpose in Purpose if purpose in by_purpose]


def _said(one: Consent) -> dict[str, Any]:
    names = ("purpose", "notify_by", "how", "text_version", "at")
    return {name: getattr(one, name) for name in names}


def _minute(text: str) -> int:
    hours, _colon, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
