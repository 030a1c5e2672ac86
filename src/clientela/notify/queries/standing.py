"""How a client stands to the gate: which address, proved or not, of which card, at which business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business, NotificationGate
from clientela.notify.gate import Standing
from clientela.notify.queries.client_policy import client_policy
from clientela.people.models import Client, Identifier, IdentifierKind, NotifyBy

# By these doors people book for themselves. A program with a token counts among them: it is the
# business's own booking form, filled in by the person.
THEIR_OWN = frozenset({Channel.WEB.value, Channel.API.value})


@dataclass(frozen=True, slots=True)
class Contact:
    """An address and whether it is proved; blank when there is none."""

    address: str = ""
    is_verified: bool = False


def contact_of(appointment: Appointment, *, reader: Client) -> Contact:
    """Return the e-mail that is told as the client's: that of ``reader``, the client or who hears for a child; one query.

    The address the booking was made with, while it still stands on the card and takes messages;
    else the card's first that does.
    """
    rows = Identifier.objects.filter(
        client_id=reader.pk, kind=IdentifierKind.EMAIL, for_notifications=True
    )
    return chosen_contact(rows.order_by("created_at", "id"), address_used=appointment.address_used)


def chosen_contact(identifiers: Iterable[Identifier], *, address_used: str = "") -> Contact:
    """Choose among the contacts of a card, which come oldest first."""
    takers = [
        Contact(one.value, one.verified_at is not None)
        for one in identifiers
        if one.kind == IdentifierKind.EMAIL and one.for_notifications
    ]
    used = (one for one in takers if one.address == address_used)
    return next(used, takers[0] if takers else Contact())


def standing_of(
    *, appointment: Appointment, reader: Client, contact: Contact, gate: NotificationGate
) -> Standing:
    """How the reader of what is told to the appointment's client stands: the client, or who hears for a child."""
    return Standing(
        gate=gate,
        is_own=appointment.channel in THEIR_OWN,
        is_activated=reader.activated_at is not None,
        is_verified=contact.is_verified,
        notify_by=NotifyBy(reader.notify_by),
    )


def standing_of_card(*, business: Business, card: Client) -> tuple[Contact, Standing]:
    """How a card stands for which the staff are about to book, and the address it would be told at."""
    contact = chosen_contact(
        sorted(card.identifiers.all(), key=lambda one: (one.created_at, one.pk))
    )
    return contact, Standing(
        gate=client_policy(business.pk).gate,
        is_own=False,
        is_activated=card.activated_at is not None,
        is_verified=contact.is_verified,
        notify_by=NotifyBy(card.notify_by),
    )
