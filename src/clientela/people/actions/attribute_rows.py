"""Find out whose is what was born while two cards were one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from clientela.people.actions.return_rows import hand_over
from clientela.people.models import (
    Client,
    Identifier,
    Merge,
    MergeRow,
    PartingQuestion,
)
from clientela.people.movers import Mover, movers
from clientela.people.partings import Parting, Side, Sides, partings


def attribute_rows(*, path: Sequence[Merge], card: Client, top: Client) -> tuple[int, int]:
    """Let rows born since the merge lead to whose they are; return how many went to ``card``, and how many are asked.

    By the identity that made them: its log-in, its address, its number. What neither has alone says nothing; then
    the row stays and the staff are asked (``PartingQuestion``). After the rows that came along have gone back.
    """
    sides = sides_of(path=path, card=card, top=top)
    gone = asked = 0
    by_table = {(mover.table, mover.column): mover for mover in movers()}
    for parting in partings():
        mover = by_table[parting.table, parting.column]
        if parting.how == "remains":
            continue
        if parting.how == "follows":
            gone += follow(parting=parting, mover=mover, to=card, off=top, path=path)
            continue
        told = _told(parting, born_since(mover, path=path, top=top), sides)
        mine = [key for key, side in told if side is Side.PARTED]
        hand_over(mover, ids=mine, to=card, path=path)
        unknown = [key for key, side in told if side is Side.UNKNOWN]
        if top.erased_at is None:  # of whom nobody knows anything any more, nobody is asked
            _ask(path[0], mover, ids=unknown)
            asked += len(unknown)
        gone += len(mine)
    return gone, asked


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
    origins = _origins(mover, ids=[row.pk for row in found])
    merged = {merge.survivor_id: merge.pk for merge in reversed(path)}
    home = top.pk
    return [
        row
        for row in found
        if (since := merged.get(origins.get(row.pk, home))) is not None and row.pk > since
    ]


def follow(
    *, parting: Parting, mover: Mover, to: Client, off: Client, path: Sequence[Merge]
) -> int:
    """Let rows on ``off`` go after the row they belong to, where that leads to ``to``; return how many."""
    rows = mover.model._default_manager.filter(**{mover.column: off, f"{parting.of}__client": to})
    ids = list(rows.values_list("pk", flat=True))
    hand_over(mover, ids=ids, to=to, path=path)
    return len(ids)


def _told(parting: Parting, rows: list[Any], sides: Sides) -> list[tuple[UUID, Side]]:
    if not rows:
        return []
    if parting.by is None:
        return [(row.pk, Side.UNKNOWN) for row in rows]
    return list(parting.by(rows, sides))


def _origins(mover: Mover, *, ids: Collection[UUID]) -> dict[UUID, UUID]:
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


def _ask(merge: Merge, mover: Mover, *, ids: Collection[UUID]) -> None:
    PartingQuestion.objects.bulk_create(
        PartingQuestion(
            business_id=merge.business_id,
            merge=merge,
            of_table=mover.model._meta.db_table,
            row_id=one,
        )
        for one in ids
    )
