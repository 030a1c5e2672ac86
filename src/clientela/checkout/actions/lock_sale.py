"""Holding a sale: its card, the card's credits, and the sale as it then is."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from clientela.booking.errors import StaleState
from clientela.checkout.queries.borrowers_of import borrowers_of
from clientela.ledger.locks import lock_credits_of
from clientela.ledger.models import Sale
from clientela.people.models import Client

_TRIES: Final = 3


def lock_sale(sale: Sale, *, with_borrowers: bool = False) -> None:
    """Hold the card that a sale stands on, then its credits, and read the sale again; the caller's transaction.

    ``with_borrowers`` also those to whom credits of the sale are lent, for who takes all its credits back. A card that
    is joined to another meanwhile takes its sales along: what is held is the card where the sale
    stands now. Also the sale of an erased card is held: its money must come right. Refuses ``StaleState`` when
    card after card is joined while we wait, or borrows.
    """
    for _ in range(_TRIES):
        card_id = sale.client_id
        borrowers = borrowers_of(sale=sale) if with_borrowers else set[UUID]()
        cards = Client.objects.filter(pk__in={card_id, *borrowers}).order_by("created_at", "id")
        list(cards.select_for_update(no_key=True))
        lock_credits_of(client_ids={card_id, *borrowers})
        sale.refresh_from_db()
        if sale.client_id != card_id:
            continue
        if with_borrowers and not borrowers_of(sale=sale) <= borrowers:
            raise StaleState
        return
    raise StaleState
