"""A push ready to leave: what the devices show, and the devices."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.notify.decisions import expires_at
from clientela.notify.models import Message, Rule
from clientela.notify.push_address import PushAddress
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.push_devices import living_devices
from clientela.notify.queries.series import told_appointments
from clientela.notify.short_text import push_text
from clientela.platform.sealed import Unreadable, unseal

SHORTEST_SECONDS: Final = 60
LONGEST_SECONDS: Final = 28 * 24 * 60 * 60
# What is worth waking a sleeping telephone for.
URGENT: Final = frozenset({Rule.CHANGE, Rule.CANCELLATION, Rule.REMINDER, Rule.WAITING_LIST_OFFER})


@dataclass(frozen=True, slots=True)
class Device:
    """One browser: our id of it, and where it is reached."""

    id: UUID
    address: PushAddress


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for all devices of a person.

    ``tag`` is the message's own id: a second copy of it takes the place of the first, in the push service and on
    the screen. ``lasts`` is for how many seconds it is news.
    """

    devices: tuple[Device, ...]
    title: str
    body: str
    link: str
    tag: str
    language: str
    lasts: int
    is_urgent: bool

    @property
    def payload(self) -> bytes:
        """What the service worker reads, before it is encrypted."""
        said = {
            "title": self.title,
            "body": self.body,
            "link": self.link,
            "tag": self.tag,
            "lang": self.language,
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def compose(message: Message, *, policy: ClientPolicy | None = None, now: datetime) -> Parcel:
    """Write the push of a message as of ``now``, for the devices that its client has now."""
    said = push_text(message=message, told=told_appointments(message, now=now), policy=policy)
    limit = expires_at(
        rule=Rule(message.rule),
        starts_at=message.appointment.starts_at,
        due_at=message.due_at,
    )
    seconds = int((limit - now).total_seconds())
    return Parcel(
        devices=_devices(message.appointment.client.account_id),
        title=said.title,
        body=said.body,
        link=said.link,
        tag=message.pk.hex,
        language=message.language,
        lasts=min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS),
        is_urgent=message.rule in URGENT,
    )


def _devices(account_id: UUID | None) -> tuple[Device, ...]:
    """Open what is sealed; a device that cannot be opened is as good as none."""
    found = []
    for row in living_devices(account_id=account_id):
        try:
            found.append(Device(id=row.pk, address=PushAddress(**unseal(row.sealed))))
        except Unreadable:
            continue
    return tuple(found)
