"""Find out whose is what was born while two cards were one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from clientela.people.actions.return_rows import hand_over
from clientela.people.models import Client, Merge, PartingQuestion
from clientela.people.movers import Mover, movers
from clientela.people.partings import Parting, Side, Sides, partings
from clientela.people.queries.born_since import born_since, sides_of


def attribute_rows(*, path: Sequence[Merge], card: Client, top: Client) -> tuple[int, int]:
    """Let rows born since the merge lead to whose they are; return how many went to ``card``, and how many are asked.

    By the identity that made them: its log-in, its address, its number. What neither has alone says nothing; then
    the row stays and the staff are asked (``PartingQuestion``). What was answered before the parting is not asked (a
    business that moved here brought the answers that only its log-ins gave). After the rows that came along have gone
    back.
    """
    sides = sides_of(path=path, card=card, top=top)
    gone = asked = 0
    by_table = {(mover.table, mover.column): mover for mover in movers()}
    before = PartingQuestion.objects.filter(merge=path[0])
    answered = set(before.values_list("of_table", "row_id"))
    before.delete()
    for parting in partings():
        mover = by_table[parting.table, parting.column]
        if parting.how == "remains":
            continue
        if parting.how == "follows":
            gone += follow(parting=parting, mover=mover, to=card, off=top, path=path)
            continue
        table = mover.model._meta.db_table
        born = born_since(mover, path=path, top=top)
        told = _told(parting, [row for row in born if (table, row.pk) not in answered], sides)
        mine = [key for key, side in told if side is Side.PARTED]
        hand_over(mover, ids=mine, to=card, path=path)
        unknown = [key for key, side in told if side is Side.UNKNOWN]
        if top.erased_at is None:  # of whom nobody knows anything any more, nobody is asked
            _ask(path[0], mover, ids=unknown)
            asked += len(unknown)
        gone += len(mine)
    return gone, asked


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
