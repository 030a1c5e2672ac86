"""An account mail in words, and as bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from email.headerregistry import Address
from email.utils import format_datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.template import Context
from django.utils.translation import override

from clientela.notify.channels.email.mould import mail_engine
from clientela.notify.channels.email.parcel import Contents, Parcel, address_in, pack

if TYPE_CHECKING:
    from datetime import datetime

SENDER_NAME = "Clientela"


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """The words of a mail about a log-in. ``code`` is shown large; ``link`` becomes the button."""

    language: str
    subject: str
    headline: str
    sentences: tuple[str, ...]
    why: str
    code: str = ""
    button: str = ""
    link: str = ""
    sender_name: str = SENDER_NAME

    def as_plain(self) -> dict[str, object]:
        """Plain values, for the sealed parcel."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, object]) -> AccountLetter:
        """The letter again."""
        sentences = plain.pop("sentences")
        return cls(sentences=tuple(sentences), **plain)  # type: ignore[arg-type]  # plain values of a letter, read back by name


def compose(letter: AccountLetter, *, address: str, message_id: str, now: datetime) -> Parcel:
    """Write the mail. Structured headers refuse line breaks, and ``To`` holds the address alone."""
    own_address = address_in(settings.DEFAULT_FROM_EMAIL)
    subject = " ".join(letter.subject.split())
    facts = Context({"letter": letter, "language": letter.language})
    plain_facts = Context({"letter": letter}, autoescape=False)
    with override(letter.language):
        text = mail_engine(autoescape=False).get_template("account.txt").render(plain_facts)
        html = mail_engine(autoescape=True).get_template("account.html").render(facts)
    headers = (
        ("From", Address(display_name=letter.sender_name, addr_spec=own_address)),
        ("To", Address(addr_spec=address)),
        ("Subject", subject),
        ("Date", format_datetime(now)),
        ("Message-ID", message_id),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", letter.language),
    )
    return pack(
        contents=Contents(headers=headers, text=text, html=html),
        sender=own_address,
        recipient=address,
        subject=subject,
        message_id=message_id,
    )
