"""The port: what we ask of a text gateway, and what it says.

A gateway is called outside a transaction, from a row that stands already; that row's id is the ``reference``. Gateways
that can, take the same reference only once; all of them give it back with their news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from clientela.notify.channels import Result
from clientela.notify.models import ReceiptKind, TextGateway
from clientela.platform.refusal import Refusal
from clientela.rules.stop_words import Keyword


class NotGenuine(Refusal):
    """What claims to come from a gateway is unsigned, altered, stale or not to be read."""

    reason = "not-genuine"


class NotFromHere(Refusal):
    """This installation cannot use the gateway: the simulated one outside a demo, or secrets whose key is gone."""

    reason = "gateway-not-here"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParcel:
    """One text ready to leave: by which account, to which number, and what it is counted as.

    ``is_counted`` is false for what the business's own staff write: that is not limited per number and day.
    """

    gateway: TextGateway
    number: str
    body: str
    reference: UUID
    segments: int
    is_counted: bool = True

    @property
    def cost_minor(self) -> int:
        """What it takes of the month, in minor units of the gateway's currency."""
        return self.segments * self.gateway.price_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What was pushed to one of our addresses: the address itself, the headers (names in small letters) and the bytes."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one text, in our words. ``key`` names the saying: the same is the same."""

    key: str
    kind: ReceiptKind
    provider_id: str = ""
    reference: str = ""
    code: str = ""
    detail: str = ""
    at: datetime | None = None

    @property
    def reference_id(self) -> UUID | None:
        """Our row that it names, if that is a name we could have given."""
        try:
            return UUID(self.reference)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A text that a person sent. ``keyword`` is what the gateway itself took it for, and acted on."""

    key: str
    number: str
    body: str
    keyword: Keyword | None = None


class Gateway(Protocol):
    """What every gateway can do."""

    confirms_keywords: bool
    """Whether it answers STOP and START by itself, so that we must not."""

    def send(self, parcel: TextParcel, *, now: datetime) -> Result:
        """Hand one text over. Answers; never raises for the gateway's failure."""

    def read_news(self, push: Push, *, now: datetime) -> list[Told]:
        """Verify and read what became of texts; empty for news that is none. Raises ``NotGenuine``."""

    def read_text(self, push: Push, *, now: datetime) -> Arrived | None:
        """Verify and read a text that came in; ``None`` for what is none. Raises ``NotGenuine``."""
