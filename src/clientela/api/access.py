"""Who calls: a program with a token, somebody with an appointment's link, or anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientela.api.actions.note_use import note_use
from clientela.api.models import ApiToken, TokenScope
from clientela.api.queries.token_of_request import living_token, use_is_worth_noting
from clientela.booking.models import Appointment
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from clientela.policy.door_request import DoorRequest

BEARER = "Bearer "


@dataclass(frozen=True)
class Caller:
    """Who asks, and by which door."""

    actor: Actor
    token: ApiToken | None = None


def caller_of(request: DoorRequest, *, writing: bool) -> Caller:
    """The token's business program, or anyone. A token that does not live is refused, not ignored.

    A token that may only read is refused where something is written, though a stranger without one may.
    """
    header = request.headers.get("Authorization", "")
    if not header:
        return Caller(actor=Actor.guest())
    if not header.startswith(BEARER):
        raise Refusal("token-needed")
    token = living_token(
        business=request.business,
        secret=header.removeprefix(BEARER).strip(),
    )
    if token is None:
        raise Refusal("token-needed")
    if writing and token.scope != TokenScope.WRITE:
        raise Refusal("scope-too-small")
    now = clock.now()
    if use_is_worth_noting(token=token, now=now):
        note_use(token=token, now=now)
    return Caller(actor=Actor.api(token.label), token=token)


def program_of(request: DoorRequest, *, writing: bool) -> Caller:
    """A program with a token of the business; nobody else may come."""
    caller = caller_of(request, writing=writing)
    if caller.token is None:
        raise Refusal("token-needed")
    return caller


def appointment_for(
    request: DoorRequest, appointment_id: UUID, *, writing: bool
) -> tuple[Appointment, Caller]:
    """The appointment, for a token of its business or the holder of its own link; else not found.

    A link opens its own appointment only. A foreign id answers exactly like an unknown one.
    """
    link = request.headers.get("X-Manage-Token", "")
    if link:
        held = appointment_by_link(link)
        if held is None or held.pk != appointment_id:
            raise Refusal("not-found")
        return held, Caller(actor=Actor.guest())
    caller = caller_of(request, writing=writing)
    if caller.token is None:
        raise Refusal("token-needed")
    row = (
        Appointment.objects.filter(pk=appointment_id)
        .select_related("service", "location", "professional__resource", "client", "business")
        .first()
    )
    if row is None:
        raise Refusal("not-found")
    return row, caller
