"""Hold the cards of a business that are joined or parted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection

from clientela.people.actions.attach_card import cards_of
from clientela.people.models import Client
from clientela.platform.database import is_postgresql, read_rows, require_transaction
from clientela.platform.locking import lock

_KEPT: Final = (
    "SELECT id FROM people_client WHERE id = ANY(%s) ORDER BY created_at, id FOR KEY SHARE"
)


def hold_joining(*, business_id: UUID, log_ins: Collection[UUID | None] = ()) -> None:
    """Wait until nobody else joins or parts cards of this business, until the transaction ends.

    The one order: the log-ins that lose or get a card, as whoever claims cards takes them; then this, so that chains
    and rings of merges come one after the other; then the cards (``hold_cards``), then their credits. So nobody waits
    in a ring.
    """
    wanted = [cards_of(one) for one in log_ins if one is not None]
    if wanted:
        lock(keys=wanted)
    hold_joinings(business_ids=[business_id])


def hold_joinings(*, business_ids: Collection[UUID]) -> None:
    """Wait until nobody else joins or parts cards of any of these businesses: all at once, whoever names them how."""
    lock(keys=[f"joining:{one}" for one in business_ids])


def hold_cards(*, cards: Collection[UUID]) -> dict[UUID, Client]:
    """Return these cards of the scope as they are now, held; oldest first, as a guest's booking holds them."""
    rows = Client.objects.filter(pk__in=cards).order_by("created_at", "id")
    return {row.pk: row for row in rows.select_for_update()}


def keep_cards(*, cards: Collection[UUID]) -> None:
    """Keep these cards from being joined, parted or erased until the transaction ends; oldest first, as ``hold_cards``.

    For whoever takes a lock that a merge takes after the cards. A row that leads to a card asks PostgreSQL for the
    card when the transaction commits: who asked only then, with that lock in hand, would wait for the merge in a ring.
    Readers, bookers and other changes of the card go on beside it. SQLite writes one at a time.
    """
    require_transaction("keeping a card")
    if is_postgresql(connection):
        read_rows(_KEPT, [list(cards)])
