"""The channels by which a message can leave: one folder each, found by folder.

A folder holds ``channel.py`` with ``CHANNEL``, an object with the names and methods of ``Channel``. There is no
list to keep: a folder that appears is a channel.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal, Protocol
from uuid import UUID

from clientela.notify.models import Message, Outcome
from clientela.notify.queries.client_policy import ClientPolicy

# What is done with a message of which nobody knows whether it left: one more copy after a pause, one more at
# once (a copy replaces the first on the reader's side), or nothing until a person decides.
Ambiguity = Literal["resend-once", "resend-at-once", "leave"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one hand-over.

    ``reason`` is a word of ``models.Reason`` for a refusal; where it speaks of the address (bounced, landline,
    invalid, opted out) the address is remembered. ``is_unreachable`` says that not this message but the whole way out
    is of no use just now, whatever the outcome: everything else due by it waits a minute. ``provider`` is who
    carried it, ``provider_id`` its name for the message, under which receipts come. ``segments`` and
    ``cost_minor`` are what a text was counted as.
    """

    outcome: Outcome
    code: str = ""
    detail: str = ""
    reason: str = ""
    is_unreachable: bool = False
    provider: str = ""
    provider_id: str = ""
    segments: int = 0
    cost_minor: int = 0


class Session(Protocol):
    """An open way out, used for several messages in a row."""

    def hand_over(self, parcel: object, *, now: datetime) -> Result:
        """Give one composed message to the carrier. Answers; never raises for a carrier's failure."""


class Channel(Protocol):
    """One way of reaching people."""

    name: str
    ambiguity: Ambiguity

    def compose(
        self, message: Message, *, policy: ClientPolicy | None = None, now: datetime
    ) -> object:
        """Return what will be handed over, written from the present state of the appointment.

        ``policy`` is what the business has set about its clients; without it, it is read.
        """

    def session(self) -> AbstractContextManager[Session]:
        """Return a way out that connects when first used and lets go at the end."""

    def way_of(self, business_id: UUID) -> str:
        """Name the line that a business's messages take, which rests as one when it is of no use.

        The business's id where it has a line of its own; blank for the line of the whole installation.
        """

    def claim(self, parcels: Sequence[object], *, now: datetime) -> list[str]:
        """Count what is to leave in the channel's own budget, and say of each why it may not (blank: it may).

        Called in the transaction that begins the attempts: if that fails, nothing left and nothing counts.
        """

    def refund(self, parcels: Sequence[object], *, now: datetime) -> None:
        """Take off what was claimed and certainly did not leave."""


class Unlimited:
    """For channels without a budget of their own, whose one line serves the whole installation."""

    def way_of(self, business_id: UUID) -> str:  # noqa: ARG002 -- the port's
        """All businesses share it."""
        return ""

    def claim(self, parcels: Sequence[object], *, now: datetime) -> list[str]:  # noqa: ARG002 -- the port's
        """Everything may leave."""
        return [""] * len(parcels)

    def refund(self, parcels: Sequence[object], *, now: datetime) -> None:
        """Nothing was counted."""


@cache
def channels() -> dict[str, Channel]:
    """Every channel by name."""
    return {channel.name: channel for channel in _found()}


def _found() -> Iterator[Channel]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            yield importlib.import_module(f"{__name__}.{module.name}.channel").CHANNEL
