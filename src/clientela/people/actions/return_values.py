"""Take off a card what a merge wrote on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import Model

from clientela.people.actions.keep_merge_rows import as_text
from clientela.people.actions.merge_clients import BETWEEN_NOTES, NOTE_LIMIT
from clientela.people.models import Client, Consent, Identifier, Merge, MergeRow, Purpose
from clientela.people.movers import movers

_WISHES: Final = {
    "notify_by": Purpose.APPOINTMENTS,
    "wants_follow_up": Purpose.FOLLOW_UP,
}


def return_values(*, path: Sequence[Merge], card: Client) -> int:
    """Write back what single values were before the merge, where they are still what it made of them.

    What was edited since is kept; returned is how many such there were. Where the survivor was itself taken up, what
    went on from it to the cards above goes too. The caller's transaction, which holds the cards.
    """
    kept = 0
    keys = {mover.key.column for mover in movers()}
    for row in MergeRow.objects.filter(merge=path[0]).exclude(of_column__in=keys):
        if row.of_table == Identifier._meta.db_table:
            kept += not _put_back(Identifier, row)
        elif row.of_table == Client._meta.db_table and row.of_column == "note":
            kept += not _part_notes(path, card=card)
        elif row.of_table == Client._meta.db_table:
            kept += not _put_back(Client, row, since=path[0])
            for above in path[1:]:
                _follow_up(row, above=above)
    return kept


def _put_back(model: type[Model], row: MergeRow, *, since: Merge | None = None) -> bool:
    """Write the value from before, if the row still says what the merge wrote and nobody said it again since."""
    standing = model._default_manager.filter(pk=row.row_id).first()
    if standing is None or as_text(getattr(standing, row.of_column)) != row.value_after:
        return False
    if since is not None and row.of_column in _WISHES and _said_since(row, since=since):
        return False
    field = model._meta.get_field(row.of_column.removesuffix("_id"))
    model._default_manager.filter(pk=row.row_id).update(
        **{row.of_column: _read(field, row.value_before)}
    )
    return True


def _follow_up(row: MergeRow, *, above: Merge) -> None:
    """Take the same value off a card above, to which it went on from here; that it went there is of no use any more."""
    carried = MergeRow.objects.filter(
        merge=above,
        of_table=row.of_table,
        row_id=above.survivor_id,
        of_column=row.of_column,
        value_after=row.value_after,
    ).first()
    if carried is not None:
        _put_back(Client, carried, since=above)
        carried.delete()


def _said_since(row: MergeRow, *, since: Merge) -> bool:
    said = Consent.objects.filter(
        client=row.row_id, purpose=_WISHES[row.of_column], pk__gt=since.pk
    )
    return said.exists()


def _read(field: object, text: str) -> object:
    """Return the value that a text stands for in a column; blank is nothing where the column may be null."""
    if getattr(field, "null", False) and not text:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if getattr(field, "is_relation", False):
        return UUID(text)
    return field.to_python(text)  # type: ignore[attr-defined]  # a model's field reads what it wrote


def _part_notes(path: Sequence[Merge], *, card: Client) -> bool:
    """Cut the card's own note out of every note that it was joined to; say whether it was found in the nearest."""
    found = False
    for merge in path:
        survivor = Client.objects.get(pk=merge.survivor_id)
        rest = note_without(survivor.note, other=card.note)
        if rest is not None:
            Client.objects.filter(pk=survivor.pk).update(note=rest)
            found = found or merge is path[0]
    return found


def note_without(note: str, *, other: str) -> str | None:
    """Return a joined note without ``other``, the note that was added to it; ``None`` where it is not found whole.

    A note that was too long to be joined whole ends where it was cut.
    """
    if not other:
        return None
    if note == other[:NOTE_LIMIT]:
        return ""
    if note.startswith(other + BETWEEN_NOTES):
        first = note.removeprefix(other + BETWEEN_NOTES)
    else:
        first = None
    added = BETWEEN_NOTES + other
    at = note.rfind(added)
    while at >= 0:
        end = at + len(added)
        if end == len(note) or note.startswith(BETWEEN_NOTES, end):
            return note[:at] + note[end:]
        at = note.rfind(added, 0, at)
    if len(note) == NOTE_LIMIT:
        for size in range(len(added) - 1, len(BETWEEN_NOTES), -1):
            if note.endswith(added[:size]):
                return note[:-size]
    return first
