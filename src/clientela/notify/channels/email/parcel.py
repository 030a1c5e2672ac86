"""A mail ready to leave: one recipient, the bytes, and the id that every copy of it bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import override

from clientela.booking.models import Appointment
from clientela.notify.calendar_file import FILE_NAME, calendar_file, method
from clientela.notify.channels.email.colour import palette
from clientela.notify.letter import Letter, write_letter
from clientela.notify.models import Message, Recipient
from clientela.notify.queries.series import told_appointments
from clientela.notify.safe_text import one_line


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an SMTP server, or the simulator in its stead, is given."""

    sender: str
    recipient: str
    subject: str
    message_id: str
    source: bytes


def compose(message: Message, *, now: datetime) -> Parcel:
    """Write the mail of a message as of ``now``.

    Header values go through the standard library's structured headers, which refuse line
    breaks; the address stands alone in ``To``, without the name a stranger may have typed.
    """
    told = told_appointments(message, now=now)
    letter = write_letter(message, told=told)
    mail = EmailMessage(policy=SMTP)
    _, own_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail["From"] = Address(display_name=letter.business, addr_spec=own_address)
    mail["To"] = Address(addr_spec=message.address)
    if message.recipient == Recipient.CLIENT and message.appointment.business.email:
        mail["Reply-To"] = Address(addr_spec=message.appointment.business.email)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(letter, message.language), cte="quoted-printable")
    mail.add_alternative(_html(letter, message), subtype="html", cte="quoted-printable")
    if message.recipient == Recipient.CLIENT:
        _attach_calendar(mail, message, told, now)
    mail["Content-Language"] = message.language  # last: setting the content drops such headers
    return Parcel(
        sender=own_address,
        recipient=message.address,
        subject=letter.subject,
        message_id=message.message_id,
        source=mail.as_bytes(),
    )


def _attach_calendar(
    mail: EmailMessage, message: Message, told: list[Appointment], now: datetime
) -> None:
    first, *others = told
    mail.add_attachment(
        calendar_file(appointment=first, others=others, now=now, language=message.language),
        maintype="text",
        subtype="calendar",
        filename=FILE_NAME,
        params={"charset": "utf-8", "method": method(first)},
    )


def _text(letter: Letter, language: str) -> str:
    with override(language):
        return (
            mail_engine(autoescape=False)
            .get_template("letter.txt")
            .render(Context({"letter": letter}, autoescape=False))
        )


def _html(letter: Letter, message: Message) -> str:
    business = message.appointment.business
    facts = {
        "letter": letter,
        "language": message.language,
        "tone": palette(business.hue, business.vivid),
    }
    with override(message.language):
        return mail_engine(autoescape=True).get_template("letter.html").render(Context(facts))


@cache
def mail_engine(*, autoescape: bool) -> Engine:
    """The channel's own templates; they know nothing of requests, so they need no processors."""
    return Engine(
        dirs=[str(Path(__file__).with_name("templates"))],
        autoescape=autoescape,
        libraries={"i18n": "django.templatetags.i18n"},
    )


def subject_of(text: str) -> str:
    """Return a subject as the simulator lists it."""
    return one_line(text, longest=300)
