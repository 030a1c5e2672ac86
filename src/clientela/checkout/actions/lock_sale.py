"""Holding a sale: its card, the card's credits, and the sale as it then is."""

from __future__ import annotations

from typing import Final

from clientela.booking.errors import StaleState
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Sale
from clientela.people.models import Client

_TRIES: Final = 3


def lock_sale(sale: Sale) -> None:
    """Hold the card that a sale stands on, then its credits, and read the sale again; the caller's transaction.

    A card that is joined to another meanwhile takes its sales along: what is held is the card where the sale
    stands now. Also the sale of an erased card is held: its money must come right. Refuses ``StaleState`` when
    card after card is joined while we wait.
    """
    for _ in range(_TRIES):
        card = Client.objects.select_for_update(no_key=True).get(pk=sale.client_id)
        lock_credits(card.pk)
        sale.refresh_from_db()
        if sale.client_id == card.pk:
            return
    raise StaleState
