"""Who else has the same e-mail."""

from __future__ import annotations

from django.db.models import Q

from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.living_cards import living_cards


def in_use(card: Client, *, most: int = 5) -> list[Client]:
    """Return other living cards of the business that hold an e-mail of this one, oldest first; one query.

    It is no fault: couples share addresses. But it is what a new card with the right address meets, when the old
    card of the same person still has it.
    """
    mine = Identifier.objects.filter(client=card, kind=IdentifierKind.EMAIL).values("value")
    held = Q(kind=IdentifierKind.EMAIL, value__in=mine)
    if card.login_email:
        held |= Q(kind=IdentifierKind.EMAIL, value=card.login_email)
    holders = Identifier.objects.filter(held, business=card.business_id).values("client")
    others = living_cards().filter(business=card.business_id, pk__in=holders).exclude(pk=card.pk)
    return list(others.order_by("created_at", "id")[:most])
