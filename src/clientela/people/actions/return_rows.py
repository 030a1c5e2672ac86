"""Give back the rows that came with a card."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Model

from clientela.people.models import Client, Merge, MergeRow
from clientela.people.movers import Mover, movers


def return_rows(*, path: Sequence[Merge], card: Client, top: Client) -> tuple[int, int]:
    """Let the rows that came with ``card`` lead to it again; return how many, and how many had left meanwhile.

    ``path`` begins with the merge that is undone; ``top`` is the card that its rows lead to today. A row that leads
    elsewhere by now was changed since, and stays. The caller's transaction, which holds the cards.
    """
    returned = left = 0
    for mover in movers():
        if mover.stays:
            continue
        rows = MergeRow.objects.filter(
            merge=path[0], of_table=mover.model._meta.db_table, of_column=mover.key.column
        )
        came = set(rows.values_list("row_id", flat=True))
        if not came:
            continue
        here = mover.model._default_manager.filter(**{mover.column: top})
        back = came.intersection(here.values_list("pk", flat=True))
        hand_over(mover, ids=back, to=card, path=path)
        returned += len(back)
        left += len(came) - len(back)
    return returned, left


def hand_over(mover: Mover, *, ids: Collection[UUID], to: Client, path: Sequence[Merge]) -> None:
    """Let these rows lead to ``to``; the merges above carried them up, and do not carry them any more.

    A contact that ``to`` has already stays where it is.
    """
    if not ids:
        return
    model: type[Model] = mover.model
    ids = set(ids) - _doubles(mover, ids=ids, to=to)
    for some in _some(sorted(ids)):
        model._default_manager.filter(pk__in=some).update(**{mover.column: to})
        MergeRow.objects.filter(
            merge__in=path[1:],
            of_table=model._meta.db_table,
            of_column=mover.key.column,
            row_id__in=some,
        ).delete()


def _doubles(mover: Mover, *, ids: Collection[UUID], to: Client) -> set[UUID]:
    """Return those whose like ``to`` has: it got one of its own meanwhile."""
    if not mover.beside:
        return set()
    rows = mover.model._default_manager
    taken = set(rows.filter(**{mover.column: to}).values_list(*mover.beside))
    found = rows.filter(pk__in=ids).values_list("pk", *mover.beside)
    return {pk for pk, *values in found if tuple(values) in taken}


def _some(ids: list[UUID], most: int = 5_000) -> list[list[UUID]]:
    return [ids[begin : begin + most] for begin in range(0, len(ids), most)]
