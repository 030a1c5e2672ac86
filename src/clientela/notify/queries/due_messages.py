"""What a batch of due messages must be decided on: each with its appointments, its contact and its standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.notify.gate import Standing
from clientela.notify.models import Message, Recipient
from clientela.notify.queries.client_policy import ClientPolicy, client_policies
from clientela.notify.queries.series import told_appointments
from clientela.notify.queries.standing import Contact, chosen_contact, standing_of
from clientela.people.models import Identifier, IdentifierKind

# Fields the letter reads.
FOR_LETTER = (
    "appointment__business",
    "appointment__service",
    "appointment__professional__resource",
    "appointment__location",
    "appointment__client",
)
# Whose acts may be a stranger's: a guest proves nothing, and what lapses by itself was theirs.
STRANGERS = frozenset({"guest", "client", "system"})


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A due message and what it depends on. ``told`` are the appointments it speaks of, in order.

    For staff there is neither contact nor standing.
    """

    message: Message
    told: Sequence[Appointment]
    policy: ClientPolicy
    contact: Contact | None = None
    standing: Standing | None = None

    @property
    def is_stranger_made(self) -> bool:
        """Whether a stranger may have caused it, so that it counts in the mail budget of its address."""
        by = self.message.facts.get("by")
        if self.contact is None or by not in STRANGERS:
            return False
        return by == "guest" or not self.contact.is_verified

    def versions(self) -> dict[UUID, tuple[int, str]]:
        """What each appointment was when it was read: if one is another by now, the mail must not leave."""
        return {one.pk: (one.sequence, one.status) for one in self.told}


def due_messages(*, ids: Sequence[UUID], now: datetime) -> list[DueMessage]:
    """Return these messages in this order; three queries for all, and one for each series among them."""
    rows = Message.objects.select_related(*FOR_LETTER).in_bulk(list(ids))
    messages = [rows[one] for one in ids if one in rows]
    clients = [one for one in messages if one.recipient == Recipient.CLIENT]
    contacts = _contacts(one.appointment.client_id for one in clients)
    policies = client_policies(one.business_id for one in messages)
    return [
        _due(one, contacts, policies.get(one.business_id, ClientPolicy()), now) for one in messages
    ]


def _due(
    message: Message,
    contacts: dict[UUID, list[Identifier]],
    policy: ClientPolicy,
    now: datetime,
) -> DueMessage:
    told = told_appointments(message, now=now)
    # A series is told as long as one of it stands, though the first may be cancelled by now.
    message.appointment = first = told[0]
    if message.recipient != Recipient.CLIENT:
        return DueMessage(message=message, told=told, policy=policy)
    contact = chosen_contact(contacts[first.client_id], address_used=first.address_used)
    return DueMessage(
        message=message,
        told=told,
        policy=policy,
        contact=contact,
        standing=standing_of(appointment=first, contact=contact, gate=policy.gate),
    )


def _contacts(clients: Iterable[UUID]) -> dict[UUID, list[Identifier]]:
    found: dict[UUID, list[Identifier]] = defaultdict(list)
    rows = Identifier.objects.filter(
        client_id__in=set(clients), kind=IdentifierKind.EMAIL, for_notifications=True
    )
    for row in rows.order_by("created_at", "id"):
        found[row.client_id].append(row)
    return found
