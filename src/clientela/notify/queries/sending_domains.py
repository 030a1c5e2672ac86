"""The domains our mails come from, and what their public records said when they were last looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings

from clientela.notify.models import SendingDomain
from clientela.rules.sender_records import State

STALE_AFTER: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain and its records; ``checked_at`` is None when nobody has answered lately, and then all is unknown."""

    name: str
    spf: State = State.UNKNOWN
    dkim: State = State.UNKNOWN
    dmarc: State = State.UNKNOWN
    checked_at: datetime | None = None


def sending_names() -> list[str]:
    """Return the domains behind the @ of this installation's mails, the one that readers see first.

    A name without a dot is no domain that anybody could put on a list.
    """
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return [name for name in [address.rpartition("@")[2].casefold()] if "." in name.strip(".")]


def sending_domains(*, now: datetime) -> list[Domain]:
    """Return what is known of each of our domains; one query, and never a question to the network.

    What was seen more than three days ago is no longer known.
    """
    names = sending_names()
    known = {row.name: row for row in SendingDomain.objects.filter(name__in=names)}
    return [_domain(name, known.get(name), now=now) for name in names]


def _domain(name: str, row: SendingDomain | None, *, now: datetime) -> Domain:
    if row is None or now - row.checked_at > STALE_AFTER:
        return Domain(name)
    return Domain(
        name=name,
        spf=State(row.spf),
        dkim=State(row.dkim),
        dmarc=State(row.dmarc),
        checked_at=row.checked_at,
    )
