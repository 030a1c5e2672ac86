"""The rows of merges and of what was said of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.integrations.actions.file_rows.cards import BATCH
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.merges import (
    ChangedEntry,
    MergeEntry,
    Part,
    RowsEntry,
)
from clientela.integrations.followed import FOLLOWED
from clientela.people.models import (
    Client,
    Identifier,
    Merge,
    MergeRow,
    PairDecision,
    PartingQuestion,
)
from clientela.platform.ids import uuid7

_AS_SAID: Final = {
    "id", "proof", "by", "evidence", "plan_digest", "hides", "shown_from", "undone_at", "undone_by",
}  # fmt: skip


def insert_merges(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert what became part of what, so that it can be parted here as it could be there.

    Where somebody had a log-in an id stands for it that is nobody's: an address that came that way gives nobody the
    card, and what hides stays hidden for its time. The link that says "not me" is a secret, and stays behind.
    """
    Merge.objects.bulk_create(
        (
            Merge(
                business_id=ids.business,
                survivor_id=ids.clients[entry.survivor],
                absorbed_id=ids.clients[entry.absorbed],
                at=entry.joined_at,
                absorbed_account_id=uuid7() if entry.had_log_in else None,
                **entry.model_dump(include=_AS_SAID),
            )
            for entry in document.merges
        ),
        batch_size=BATCH,
    )
    MergeRow.objects.bulk_create(_rows(document, ids), batch_size=BATCH)
    PartingQuestion.objects.bulk_create(_questions(document, ids), batch_size=BATCH)


def insert_said_of_pairs(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert what was said of two cards: nobody is asked again what they have answered."""
    PairDecision.objects.bulk_create(
        (
            PairDecision(
                business_id=ids.business,
                first_id=first,
                second_id=second,
                at=entry.said_at,
                **entry.model_dump(exclude={"first", "second", "said_at"}),
            )
            for entry in document.said_of_pairs
            for first, second in [sorted((ids.clients[entry.first], ids.clients[entry.second]))]
        ),
        batch_size=BATCH,
    )


def _rows(document: BusinessFile, ids: RowIds) -> Iterator[MergeRow]:
    for entry in document.merges:
        before, after = str(ids.clients[entry.absorbed]), str(ids.clients[entry.survivor])
        for part, row_id in _named(entry.brought):
            model, column = FOLLOWED[part]
            yield MergeRow(
                business_id=ids.business,
                merge_id=entry.id,
                of_table=model._meta.db_table,
                row_id=row_id,
                of_column=column,
                value_before=before,
                value_after=after,
            )
        for one in entry.changed:
            yield _changed(one, entry, ids)


def _changed(one: ChangedEntry, entry: MergeEntry, ids: RowIds) -> MergeRow:
    model = Client if one.of == "clients" else Identifier
    column, values = str(one.word), [one.before, one.after]
    if column == "bound_to":
        column = "bound_to_id"
        values = [str(ids.occupiable[key]) if key else "" for key in values]
    return MergeRow(
        business_id=ids.business,
        merge_id=entry.id,
        of_table=model._meta.db_table,
        row_id=one.id,
        of_column=column,
        value_before=values[0],
        value_after=values[1],
    )


def _questions(document: BusinessFile, ids: RowIds) -> Iterator[PartingQuestion]:
    """What waits for an answer; and, of what is not parted yet, the answers that only the log-ins there could give."""
    for entry in document.merges:
        asked = [(one.of, one.id, one.decided_for, one.decided_at) for one in entry.questions]
        asked += [
            (part, row_id, entry.survivor, entry.joined_at) for part, row_id in _named(entry.stays)
        ]
        for part, row_id, whose, at in asked:
            yield _question(entry.id, part, row_id, whose=whose, at=at, ids=ids)


def _question(
    merge_id: UUID, part: Part, row_id: UUID, *, whose: str | None, at: datetime | None, ids: RowIds
) -> PartingQuestion:
    return PartingQuestion(
        business_id=ids.business,
        merge_id=merge_id,
        of_table=FOLLOWED[part][0]._meta.db_table,
        row_id=row_id,
        decided_for_id=ids.clients[whose] if whose else None,
        decided_at=at,
    )


def _named(rows: RowsEntry) -> Iterator[tuple[Part, UUID]]:
    for part in FOLLOWED:
        for row_id in getattr(rows, part):
            yield part, row_id
