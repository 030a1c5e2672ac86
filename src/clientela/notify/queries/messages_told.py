"""The messages to a client in plain values, for them to take along."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clientela.booking.models import Appointment, WaitingEntry
from clientela.notify.models import Message, Recipient
from clientela.people.models import Client, HouseholdMember, Identifier
from clientela.people.queries.hidden_rows import is_hidden


def about_client(card: Client) -> QuerySet[Message]:
    """Return the messages, to whomever, about a client's appointments and about what they wait for."""
    return Message.objects.filter(Q(appointment__client=card) | Q(offer__entry__client=card))


def heard_for(card: Client) -> QuerySet[Message]:
    """Return the messages to a child that went, or would go, to an address that is not the child's: to this guardian's."""
    children = HouseholdMember.objects.filter(guardian=card).values("client")
    own = Identifier.objects.filter(client__in=children).values("value")
    theirs = Q(appointment__client__in=children) | Q(offer__entry__client__in=children)
    rows = Message.objects.filter(theirs, recipient=Recipient.CLIENT)
    return rows.exclude(address="").exclude(address__in=own)


def messages_told(*, card: Client) -> list[dict[str, object]]:
    """Return every message there was, or should have been, to the client about what they may see, oldest first."""
    mine = (
        about_client(card)
        .filter(
            ~is_hidden(Appointment, key="appointment"),
            ~is_hidden(WaitingEntry, key="offer__entry"),
            appointment__hidden_at__isnull=True,
            recipient=Recipient.CLIENT,
        )
        .select_related("offer")
    )
    return [
        {
            "about": str(one.offer.entry_id if one.offer else one.appointment_id),
            "kind": one.rule,
            "when": one.timing or "at once",
            "by": one.channel,
            "to": one.address,
            "outcome": one.reason,
            "because": one.because,
            "due_at": one.due_at.isoformat(),
            "settled_at": one.settled_at.isoformat() if one.settled_at else None,
        }
        for one in mine.order_by("created_at", "id")
    ]
