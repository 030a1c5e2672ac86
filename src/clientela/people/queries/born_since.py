"""What was born while two cards were one, and by what the two people can be told apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from clientela.people.models import Client, Identifier, Merge, MergeRow
from clientela.people.movers import Mover, movers
from clientela.people.partings import Sides


def sides_of(*, path: Sequence[Merge], card: Client, top: Client) -> Sides:
    """Return by what the two can be told apart: what stood on one of them at the merge, and not on the other."""
    rows = Identifier.objects.filter(client__in=(card, top)).values_list("pk", "client", "value")
    since = {one.pk for one in _contacts_since(path, top)}
    parted = {value for _, of, value in rows if of == card.pk}
    stayed = {value for pk, of, value in rows if of == top.pk and pk not in since}
    return Sides(
        card_id=card.pk,
        from_id=top.pk,
        parted=frozenset(parted - stayed),
        stayed=frozenset(stayed - parted),
        parted_account=path[0].absorbed_account_id or card.account_id,
        stayed_account=top.account_id,
    )


def born_since(mover: Mover, *, path: Sequence[Merge], top: Client) -> list[Any]:
    """Return the rows at ``top`` that were born on the joined person, oldest first.

    That is: on a survivor of the path after its merge. What was another card's until a later merge brought it is
    not asked about. Ids are in the order of birth.
    """
    rows = mover.model._default_manager.filter(**{mover.column: top}, pk__gt=path[0].pk)
    found = list(rows.order_by("pk"))
    born_on = origins(mover, ids=[row.pk for row in found])
    merged = {merge.survivor_id: merge.pk for merge in reversed(path)}
    home = top.pk
    return [
        row
        for row in found
        if (since := merged.get(born_on.get(row.pk, home))) is not None and row.pk > since
    ]


def origins(mover: Mover, *, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return, of the rows that a standing merge brought to where they are, the card they were born on."""
    moved = MergeRow.objects.filter(
        merge__undone_at__isnull=True,
        of_table=mover.model._meta.db_table,
        of_column=mover.key.column,
        row_id__in=list(ids),
    )
    # The earliest is written last, so it is the one that stays.
    rows = moved.order_by("-merge").values_list("row_id", "value_before")
    return {row: UUID(before) for row, before in rows}


def _contacts_since(path: Sequence[Merge], top: Client) -> list[Identifier]:
    mover = next(one for one in movers() if one.table == Identifier._meta.label)
    return born_since(mover, path=path, top=top)
