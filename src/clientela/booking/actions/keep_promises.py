"""Keep many promises after new time zone data, in an order in which none stands in another's way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from clientela.booking.actions.keep_promise import keep_promise
from clientela.booking.errors import PromiseGone, PromiseInTheWay, StaleState
from clientela.booking.models import Appointment, Session
from clientela.booking.queries.moved_promises import MovedPromise
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope


@dataclass(slots=True)
class Keeping:
    """What came of it: the appointments that follow their promise now, and what a person must settle."""

    kept: list[Appointment] = field(default_factory=list)
    refused: list[tuple[MovedPromise, Refusal]] = field(default_factory=list)


def keep_promises(
    *, moved: Iterable[MovedPromise], tells: bool, by: Actor, now: datetime
) -> Keeping:
    """Keep each promise in a transaction of its own and in its business's scope; may be stopped and begun again.

    A whole day that moves an hour later is moved from its end, and one that moves earlier from its beginning: so
    neighbours give way to each other. What was refused is tried again for as long as others make way.
    """
    keeping = Keeping()
    waiting = sorted((one for one in moved if not _goes_with_session(one)), key=_making_way)
    while waiting:
        refused = [
            (one, refusal)
            for one in waiting
            if (refusal := _keep(one, keeping, tells=tells, by=by, now=now)) is not None
        ]
        if len(refused) == len(waiting):
            keeping.refused = refused
            break
        waiting = [one for one, _ in refused]
    return keeping


def _keep(
    one: MovedPromise, keeping: Keeping, *, tells: bool, by: Actor, now: datetime
) -> Refusal | None:
    with business_scope(one.holder.business_id):
        try:
            keeping.kept += keep_promise(holder=one.holder, tells=tells, by=by, now=now)
        except (PromiseInTheWay, PromiseGone, StaleState) as refusal:
            return refusal
    return None


def _goes_with_session(one: MovedPromise) -> bool:
    return isinstance(one.holder, Appointment) and one.holder.session_id is not None


def _making_way(one: MovedPromise) -> tuple[float, UUID]:
    """Those that move later come last first; those that move earlier, first first."""
    holder: Appointment | Session = one.holder
    since = holder.starts_at.timestamp()
    return (-since if one.shift > timedelta() else since), holder.pk
