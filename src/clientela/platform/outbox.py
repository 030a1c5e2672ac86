"""The outbox: facts recorded with their cause, heard afterwards by handlers, each exactly once.

An event is a frozen dataclass in an app's `events.py`:

    @dataclass(frozen=True, kw_only=True)
    class AppointmentBooked(Event):
        appointment_id: UUID
        business_id: UUID

`record(event, now=now)` writes it in the caller's transaction; `@on(AppointmentBooked)` in a higher app's
`handlers.py` hears it in the worker, in a transaction that also holds the receipt. Order between events is not
promised: a handler reads the present state.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from clientela.platform.database import require_transaction
from clientela.platform.models import EventReceipt, OutboxEvent
from clientela.platform.payload import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = [
    "Event",
    "EventReceipt",
    "Handler",
    "OutboxEvent",
    "given_up",
    "handlers_of",
    "known_events",
    "on",
    "read",
    "record",
    "retry",
]

_events: dict[str, type[Event]] = {}
_handlers: dict[str, dict[str, Handler]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Named in the past tense; its fields are ids, words, numbers and times.

    A field called `business_id` also says in whose scope the handlers run.
    """

    name: ClassVar[str] = "event"

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 -- Python's own protocol
        """Register the class under `app.ClassName`; a class that is renamed sets `name` to its old one."""
        super().__init_subclass__(**kwargs)
        if "name" not in cls.__dict__:
            app = cls.__module__.removeprefix("clientela.").split(".")[0]
            cls.name = f"{app}.{cls.__name__}"
        known = _events.get(cls.name)
        if known is not None and (known.__module__, known.__qualname__) != (
            cls.__module__,
            cls.__qualname__,
        ):
            message = f"two events are called {cls.name}: {known!r} and {cls!r}"
            raise TypeError(message)
        _events[cls.name] = cls


@dataclass(frozen=True, slots=True)
class Handler:
    """A registered reaction. Its name stands in the receipts, so it must outlive renamings of the function."""

    name: str
    handle: Callable[..., object]


def record(event: Event, *, now: datetime) -> OutboxEvent:
    """Write the event beside the facts it tells of; both commit, or neither. Raises outside a transaction."""
    require_transaction(f"recording {event.name}")
    fields = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    business_id = fields.get("business_id")
    return OutboxEvent.objects.create(
        name=event.name,
        payload=encode(fields),
        business_id=business_id if isinstance(business_id, UUID) else None,
        occurred_at=now,
        due_at=now,
    )


def read(row: OutboxEvent) -> Event:
    """Make the event again from its row; raises `LookupError` when this version knows no such event."""
    kind = _events.get(row.name)
    if kind is None:
        message = f"no event is called {row.name}"
        raise LookupError(message)
    return kind(**decode(row.payload))


def on(
    *kinds: type[Event], name: str = ""
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register `def react(event, *, now)` for these events, under `name` (default: its module and function)."""

    def register(handle: Callable[..., object]) -> Callable[..., object]:
        handler = Handler(
            name or f"{handle.__module__.removeprefix('clientela.')}.{handle.__qualname__}", handle
        )
        for kind in kinds:
            registered = _handlers.setdefault(kind.name, {})
            known = registered.get(handler.name)
            if known is not None and known.handle.__code__ is not handle.__code__:
                message = f"two handlers of {kind.name} are called {handler.name}"
                raise TypeError(message)
            registered[handler.name] = handler
        return handle

    return register


def handlers_of(name: str) -> tuple[Handler, ...]:
    """Return the handlers of the event with this name, in the order of registration."""
    return tuple(_handlers.get(name, {}).values())


def known_events() -> dict[str, type[Event]]:
    """Return every registered event by name, for the reference page and its test."""
    return dict(sorted(_events.items()))


def given_up() -> QuerySet[OutboxEvent]:
    """Return the events that were tried often enough and wait for a person, oldest first."""
    return OutboxEvent.objects.filter(needs_attention_at__isnull=False).order_by(
        "occurred_at", "id"
    )


def retry(*, now: datetime) -> int:
    """Let the worker try every given-up event anew; handlers that heard one before do not hear it again."""
    return given_up().update(needs_attention_at=None, due_at=now, attempts=0)
