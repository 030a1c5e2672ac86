"""What a business has set about its messages, what is known of addresses, and what was written to and fro."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from clientela.integrations.business_file.fields import (
    Entry,
    Id,
    Instant,
    Key,
    Line120,
    Line200,
    Line254,
    MinuteOfDay,
    several_lines,
)
from clientela.rules import message_timing

Rule = Literal[
    "confirmation", "request-received", "request-confirmed", "request-declined", "change", "cancellation",
    "reminder", "follow-up", "balance-low", "waiting-list-offer", "staff-booked", "staff-requested", "staff-moved",
    "staff-cancelled", "staff-reminder",
]  # fmt: skip
Recipient = Literal["client", "professional", "desk"]
Way = Literal["email", "sms", "push"]
Trouble = Literal["", "stopped", "complained", "bounced", "landline", "invalid"]
Word20 = Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]{0,20}$")]
Said = Annotated[str, StringConstraints(max_length=1600), AfterValidator(several_lines)]


def _timing(text: str) -> str:
    message_timing.parse(text)
    return text


class RuleEntry(Entry):
    """One line of the plan of messages: what, to whom, when, by which ways; for one ``service``, or all."""

    rule: Rule
    recipient: Recipient
    service: Key | None = None
    timing: Annotated[str, StringConstraints(max_length=20), AfterValidator(_timing)] = ""
    is_on: bool = True
    by_email: bool = True
    by_sms: bool = False
    by_push: bool = False
    created_at: Instant | None = None


class TemplateEntry(Entry):
    """The business's own words for a message in one language by one way."""

    rule: Rule
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,8}$")]
    channel: Way
    subject: Annotated[Line200, StringConstraints(max_length=180)] = ""
    body: Annotated[str, StringConstraints(max_length=2000), AfterValidator(several_lines)] = ""
    version: Annotated[int, Field(ge=1, lt=2**31)] = 1
    changed_at: Instant | None = None


class AddressEventEntry(Entry):
    """One change of what is known of an address: the evidence."""

    trouble: Trouble = ""
    because: Word20
    detail: Line120 = ""
    said_at: Instant


class AddressEntry(Entry):
    """An address that may not be written to, or was so once: that somebody said STOP goes where the business goes."""

    channel: Way
    address: Line254
    trouble: Trouble = ""
    because: Word20 = ""
    detail: Line120 = ""
    since: Instant
    delivered_at: Instant | None = None
    events: list[AddressEventEntry] = []


class MessagesEntry(Entry):
    """All that is set about messages; without ``rules`` the standard plan holds."""

    quiet_from_minute: MinuteOfDay | None = 21 * 60
    quiet_until_minute: MinuteOfDay | None = 8 * 60
    balance_low_at: Annotated[int, Field(ge=0, le=32767)] = 1
    rules: list[RuleEntry] = []
    templates: list[TemplateEntry] = []
    addresses: list[AddressEntry] = []


class WordEntry(Entry):
    """One thing that was said in a thread; ``key`` is what the carrier called it, where it came in."""

    direction: Literal["in", "out"]
    body: Said
    key: Line200 = ""
    keyword: Annotated[str, StringConstraints(max_length=10)] = ""
    said_at: Instant


class ConversationEntry(Entry):
    """A thread with one person or number. ``unread`` counts what came in and nobody opened."""

    medium: Literal["sms", "chat"]
    address: Line254
    client: Key | None = None
    id: Id | None = None
    unread: Annotated[int, Field(ge=0, lt=2**31)] = 0
    last_at: Instant
    closed_at: Instant | None = None
    created_at: Instant | None = None
    entries: list[WordEntry] = []

    @model_validator(mode="after")
    def _unread_were_said(self) -> Self:
        if self.unread > sum(entry.direction == "in" for entry in self.entries):
            msg = '"unread" counts more than came in'
            raise ValueError(msg)
        return self
