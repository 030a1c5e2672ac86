"""The one place that writes a card's contacts; the actions of this room use it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.business.queries.home_country import home_country
from clientela.people.emails import parse_email
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.phones import parse_phone


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that was read: its kind, comparable value, the way it was typed, and what it is for."""

    kind: IdentifierKind
    value: str
    written: str
    for_notifications: bool = True
    verified_at: datetime | None = None


def read_contacts(
    *, business: Business, emails: Iterable[str] = (), phones: Iterable[str] = ()
) -> list[Contact]:
    """Read addresses and numbers as typed, blanks passed over, each once.

    Numbers without a prefix are read as of the business's country. Refuses the first bad one.
    """
    found = [
        Contact(IdentifierKind.EMAIL, parse_email(text), line(text, limit=254))
        for text in emails
        if text.strip()
    ]
    typed = [text for text in phones if text.strip()]
    if typed:
        country = home_country(business=business)
        found += [
            Contact(
                IdentifierKind.PHONE,
                parse_phone(text, country=country).e164,
                line(text, limit=254),
            )
            for text in typed
        ]
    once: dict[tuple[str, str], Contact] = {}
    for one in found:
        once.setdefault((one.kind, one.value), one)
    return list(once.values())


def keep_contacts(*, client: Client, contacts: Iterable[Contact], now: datetime) -> None:
    """Insert contacts of a card in the caller's transaction, in the order given."""
    Identifier.objects.bulk_create(
        Identifier(
            business_id=client.business_id,
            client=client,
            kind=one.kind,
            value=one.value,
            written=one.written,
            for_notifications=one.for_notifications,
            verified_at=one.verified_at,
            created_at=now,
        )
        for one in contacts
    )
