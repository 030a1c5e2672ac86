"""Whose rows were made with which of the two log-ins while two cards were one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from clientela.people.models import Client, Merge
from clientela.people.movers import Mover, movers
from clientela.people.partings import Parting, Side, Sides, partings
from clientela.people.queries.born_since import born_since, origins
from clientela.people.queries.merge_path import merge_path


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of ``mover``'s table: those of the card that went, and those of the one that stayed."""

    mover: Mover
    parted: list[UUID]
    stayed: list[UUID]


def told_by_log_in(merge: Merge) -> list[Told]:
    """Return what the log-ins say of rows born since a standing merge.

    It is what an un-merge knows here and, where the log-ins are not, would have to ask. A row that was made with the
    log-in of the card that went, but on a card above the survivor, is left out: there it is asked either way.
    """
    path = merge_path(merge)
    top = Client.objects.get(pk=path[-1].survivor_id)
    if merge.absorbed_account_id == top.account_id:
        return []
    sides = Sides(
        card_id=merge.absorbed_id,
        from_id=top.pk,
        parted=frozenset(),
        stayed=frozenset(),
        parted_account=merge.absorbed_account_id,
        stayed_account=top.account_id,
    )
    by_table = {(mover.table, mover.column): mover for mover in movers()}
    return [
        _told(parting, by_table[parting.table, parting.column], path=path, top=top, sides=sides)
        for parting in partings()
        if parting.by is not None
    ]


def _told(
    parting: Parting, mover: Mover, *, path: Sequence[Merge], top: Client, sides: Sides
) -> Told:
    born = born_since(mover, path=path, top=top)
    told = _sides(parting, born, sides)
    otherwise = _sides(parting, born, replace(sides, parted_account=None, stayed_account=None))
    by_log_in = [row.pk for row in born if told.get(row.pk) != otherwise.get(row.pk)]
    born_on = origins(mover, ids=by_log_in)
    home = path[0].survivor_id
    return Told(
        mover,
        parted=[
            key
            for key in by_log_in
            if told.get(key) is Side.PARTED and born_on.get(key, top.pk) == home
        ],
        stayed=[key for key in by_log_in if told.get(key) is Side.STAYED],
    )


def _sides(parting: Parting, rows: list[Any], sides: Sides) -> dict[UUID, Side]:
    return dict(parting.by(rows, sides)) if rows and parting.by is not None else {}
