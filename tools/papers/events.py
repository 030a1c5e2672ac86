"""docs/reference/events.md: every event, what it carries, who hears it."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING

import clientela
from clientela.platform.outbox import handlers_of, known_events

if TYPE_CHECKING:
    from clientela.platform.outbox import Event

_HEAD = """# Events

*Printed by `make papers` from the `events.py` of each app; `make check` compares.*

An event says that something happened. It is written in the transaction that made it so, and each handler hears
it once, in the worker, afterwards ([how](../explanation/events.md)). Events carry ids, words, numbers and times;
never an address, a name or a secret.
"""


def page() -> str:
    """Return the page."""
    load_every_events_module()
    sections = [section(name, kind) for name, kind in known_events().items() if ours(kind)]
    return "\n".join([_HEAD, *sections]) if sections else _HEAD


def load_every_events_module() -> None:
    """Import each app's events and handlers, whether or not something imported them already."""
    for app in pkgutil.iter_modules(clientela.__path__, "clientela."):
        for room in ("events", "handlers"):
            name = f"{app.name}.{room}"
            if app.ispkg and importlib.util.find_spec(name) is not None:
                importlib.import_module(name)


def ours(kind: type[Event]) -> bool:
    """Say whether an event is the program's own, not one that a test made up."""
    return (
        kind.__module__.startswith("clientela.") and kind.__module__ != "clientela.platform.outbox"
    )


def section(name: str, kind: type[Event]) -> str:
    """Return one event as a section of the page."""
    fields = ", ".join(f"`{f.name}`" for f in dataclasses.fields(kind)) or "nothing"
    heard = ", ".join(f"`{handler.name}`" for handler in handlers_of(name)) or "nobody yet"
    text = inspect.cleandoc(kind.__doc__ or "")
    return f"## `{name}`\n\n{text}\n\n- carries {fields}\n- heard by {heard}\n"
