"""The channels by which a message can leave: one folder each, found by folder.

A folder holds ``channel.py`` with ``CHANNEL``, an object with a ``name`` and the methods of
``Channel``. There is no list to keep: a folder that appears is a channel.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from clientela.notify.models import Message, Outcome
from clientela.notify.queries.client_policy import ClientPolicy


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one hand-over.

    ``reason`` is a word of ``models.Reason`` for a refusal. ``is_unreachable`` says that it was
    not this message but the whole channel that could not be used.
    """

    outcome: Outcome
    code: str = ""
    detail: str = ""
    reason: str = ""
    is_unreachable: bool = False


class Session(Protocol):
    """An open way out, used for several messages in a row."""

    def hand_over(self, parcel: object, *, now: datetime) -> Result:
        """Give one composed message to the carrier. Answers; never raises for a carrier's failure."""


class Channel(Protocol):
    """One way of reaching people."""

    name: str

    def compose(
        self, message: Message, *, policy: ClientPolicy | None = None, now: datetime
    ) -> object:
        """Return what will be handed over, written from the present state of the appointment.

        ``policy`` is what the business has set about its clients; without it, it is read.
        """

    def session(self) -> AbstractContextManager[Session]:
        """Return a way out that connects when first used and lets go at the end."""


@cache
def channels() -> dict[str, Channel]:
    """Every channel by name."""
    return {channel.name: channel for channel in _found()}


def _found() -> Iterator[Channel]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            yield importlib.import_module(f"{__name__}.{module.name}.channel").CHANNEL
