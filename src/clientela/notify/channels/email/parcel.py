"""A mail ready to leave: one recipient, the bytes, and the id that every copy of it bears."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings

from clientela.booking.models import Appointment
from clientela.notify.calendar_file import FILE_NAME, calendar_file, method
from clientela.notify.channels.email.colour import palette
from clientela.notify.channels.email.mime import Attachment, assemble, mailbox
from clientela.notify.channels.email.mould import pages
from clientela.notify.letter import Letter, has_file, write_letter
from clientela.notify.models import Message, Recipient
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.series import told_appointments
from clientela.notify.safe_text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A mail in its parts, before they become bytes: what a provider's API is given."""

    headers: tuple[tuple[str, str | Address], ...]
    text: str
    html: str
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What an SMTP server, or the simulator in its stead, is given; ``contents`` is the same in parts."""

    sender: str
    recipient: str
    subject: str
    message_id: str
    source: bytes
    contents: Contents

    @property
    def key(self) -> str:
        """The id of the row it was written for: the left part of its Message-ID."""
        return self.message_id.lstrip("<").partition("@")[0]


def pack(
    *, contents: Contents, sender: str, recipient: str, subject: str, message_id: str
) -> Parcel:
    """Turn the parts into bytes. Raises ``ValueError`` for a header with a line break in it."""
    return Parcel(
        sender=sender,
        recipient=recipient,
        subject=subject,
        message_id=message_id,
        contents=contents,
        source=assemble(
            headers=contents.headers,
            text=contents.text,
            html=contents.html,
            attachment=contents.attachment,
            boundary=hashlib.sha256(message_id.encode()).hexdigest()[:24],
        ),
    )


def compose(message: Message, *, policy: ClientPolicy | None = None, now: datetime) -> Parcel:
    """Write the mail of a message as of ``now``.

    The address stands alone in ``To``, without the name a stranger may have typed. ``policy`` is what the
    business has set, read here if it is not given.
    """
    told = told_appointments(message, now=now)
    letter = write_letter(message, told=told, policy=policy)
    own_address = address_in(settings.DEFAULT_FROM_EMAIL)
    business = message.appointment.business
    text, html = pages(
        letter, language=message.language, tone=palette(business.hue, business.vivid)
    )
    contents = Contents(
        headers=(*_headers(letter, message, own_address, now), *_stop_headers(letter)),
        text=text,
        html=html,
        attachment=_calendar(message, told, now) if has_file(message) else None,
    )
    return pack(
        contents=contents,
        sender=own_address,
        recipient=message.address,
        subject=letter.subject,
        message_id=message.message_id,
    )


def _headers(
    letter: Letter, message: Message, own_address: str, now: datetime
) -> Iterator[tuple[str, str | Address]]:
    yield "From", mailbox(own_address, name=letter.business)
    yield "To", mailbox(message.address)
    reply_to = message.appointment.business.email
    if message.recipient == Recipient.CLIENT and reply_to:
        yield "Reply-To", mailbox(reply_to)
    yield "Subject", letter.subject
    yield "Date", format_datetime(now)
    yield "Message-ID", message.message_id
    yield "Auto-Submitted", "auto-generated"
    yield "Content-Language", message.language


def _stop_headers(letter: Letter) -> Iterator[tuple[str, str]]:
    """Let the mail program offer to end the messages with one press (RFC 8058), which needs an https address."""
    if letter.stop.startswith("https://"):
        yield "List-Unsubscribe", f"<{letter.stop}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _calendar(message: Message, told: list[Appointment], now: datetime) -> Attachment:
    first, *others = told
    return Attachment(
        content=calendar_file(appointment=first, others=others, now=now, language=message.language),
        content_type=f'text/calendar; charset="utf-8"; method="{method(first)}"',
        name=FILE_NAME,
    )


@lru_cache(maxsize=16)
def address_in(sender: str) -> str:
    """Return the address of a sender that may be written with a name."""
    return parseaddr(sender)[1]


def subject_of(text: str) -> str:
    """Return a subject as the simulator lists it."""
    return one_line(text, longest=300)
