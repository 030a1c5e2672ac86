"""Hold the cards of a business that are joined or parted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from clientela.people.actions.attach_card import cards_of
from clientela.people.held_beside import cards_beside
from clientela.people.models import Client
from clientela.platform.database import is_postgresql, read_rows, require_transaction
from clientela.platform.locking import lock, numbers_of

# The cards first, then the locks: the function is called for rows that wait for the count.
_KEPT_AND_LOCKED: Final = """
WITH kept AS MATERIALIZED (
    SELECT id FROM people_client WHERE id = ANY(%s) ORDER BY created_at, id FOR KEY SHARE
)
SELECT pg_advisory_xact_lock(k)
  FROM (SELECT count(*) FROM kept) AS all_of_them, unnest(%s::bigint[]) AS k
"""


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


def hold_with_others(*, cards: Collection[UUID]) -> dict[UUID, Client]:
    """Return these cards held as ``hold_cards`` does, together with all whom the act will touch (``held_beside.py``).

    Who came between the question and the hold is not held: then all is let go (a savepoint releases its locks) and
    begun again. Once the cards are held, nobody comes any more. The caller's transaction.
    """
    while True:
        others = cards_beside(card_ids=cards)
        with transaction.atomic():
            held = hold_cards(cards={*cards, *others})
            if cards_beside(card_ids=cards) <= others:
                return {key: row for key, row in held.items() if key in set(cards)}
            transaction.set_rollback(True)


def keep_cards_and_lock(*, cards: Collection[UUID], keys: Collection[str]) -> None:
    """Keep these cards from being joined, parted or erased until the transaction ends, and then wait for the locks.

    For locks that a merge takes after its cards; oldest first, as ``hold_cards``. A row that leads to a card asks
    PostgreSQL for the card when the transaction commits: who asked only then, with such a lock in hand, would wait
    for the merge in a ring. Who reads, books for or changes the card goes on beside it. SQLite writes one at a time.
    """
    if not is_postgresql(connection):
        lock(keys=keys)
        return
    require_transaction("locking")
    read_rows(_KEPT_AND_LOCKED, [list(cards), numbers_of(keys)])
