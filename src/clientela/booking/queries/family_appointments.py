"""What somebody sees of the appointments of their household: of those who let them, and what is ahead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from clientela.booking.models import Appointment
from clientela.booking.queries.own_appointments import OPEN
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import answered_cards, lent_cards
from clientela.platform.tenancy import system_scope


def family_appointments(*, account_id: UUID, now: datetime) -> list[Appointment]:
    """Return the coming appointments of others who let this person see them, at this moment; one query, soonest first.

    Never what their client deleted from their own list, nor what is hidden from their own log-in. What the reader is
    shown of each is when, what, with whom and where: no note, no price, no link. That of a child they answer for is
    theirs to look after: it says so (``is_answered_for``).
    """
    with system_scope("appointments of others who let this person see them"):
        rows = Appointment.objects.filter(
            client__in=lent_cards(account_id=account_id, what="see"),
            status__in=OPEN,
            ends_at__gt=now,
            hidden_at__isnull=True,
        ).annotate(
            is_answered_for=Exists(
                answered_cards(account_id=account_id).filter(pk=OuterRef("client_id"))
            )
        )
        seen = shown_only(rows).select_related(
            "business", "location", "service", "professional__resource", "client"
        )
        return list(
            seen.defer("client_note", "staff_note", "price_minor").order_by("starts_at", "id")
        )
