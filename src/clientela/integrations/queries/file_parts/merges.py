"""Which cards became part of others, what moved, and what was said of pairs, as entries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from clientela.integrations.business_file.merges import (
    ChangedEntry,
    MergeEntry,
    Part,
    QuestionEntry,
    RowsEntry,
    SaidOfPairEntry,
)
from clientela.integrations.followed import FOLLOWED, PARTS
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.people.models import (
    Client,
    Identifier,
    Merge,
    MergeRow,
    PairDecision,
    PartingQuestion,
)
from clientela.people.queries.told_by_log_in import told_by_log_in

_AS_KEPT: Final = (
    "id", "proof", "by", "evidence", "plan_digest", "hides", "shown_from", "undone_at", "undone_by",
)  # fmt: skip
_WORDS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    (model._meta.db_table, column): (section, column.removesuffix("_id"))
    for model, section, columns in (
        (
            Client,
            "clients",
            "note language zone birthday bound_to_id notify_by wants_follow_up is_provisional",
        ),
        (Identifier, "contacts", "for_notifications"),
    )
    for column in columns.split()
}
"""Section and word of a value that a merge changed, by table and column."""

Rows = dict[Part, set[UUID]]


def merge_entries(keys: RowKeys) -> list[MergeEntry]:
    """Return every merge, oldest first, with what it brought; three queries, and some for each that stands.

    A row that is no more since is not named. Log-ins stay here: what they alone could tell is told row by row.
    """
    merges = list(Merge.objects.order_by("pk"))
    if not merges:
        return []
    there = _there()
    brought: dict[UUID, Rows] = defaultdict(lambda: defaultdict(set))
    changed: dict[UUID, list[ChangedEntry]] = defaultdict(list)
    for row in MergeRow.objects.order_by("of_table", "of_column", "row_id"):
        if (part := PARTS.get((row.of_table, row.of_column))) is not None:
            brought[row.merge_id][part].add(row.row_id)
        elif (words := _WORDS.get((row.of_table, row.of_column))) is not None:
            section: Any = words[0]
            if row.row_id in there[section]:
                changed[row.merge_id].append(_changed(row, *words, keys=keys))
    questions: dict[UUID, list[PartingQuestion]] = defaultdict(list)
    for question in PartingQuestion.objects.order_by("pk"):
        questions[question.merge_id].append(question)
    return [
        _entry(
            merge,
            keys,
            brought=brought[merge.pk],
            changed=changed[merge.pk],
            questions=questions[merge.pk],
            there=there,
        )
        for merge in merges
    ]


def said_of_pair_entries(keys: RowKeys) -> list[SaidOfPairEntry]:
    """Return what was said of two cards, oldest first; one query."""
    return [
        SaidOfPairEntry.model_validate(
            {
                "first": keys.clients[row.first_id],
                "second": keys.clients[row.second_id],
                "said_at": row.at,
                "verdict": row.verdict,
                "millibits": row.millibits,
                "version": row.version,
                "because": row.because,
                "note": row.note,
                "by": row.by,
            }
        )
        for row in PairDecision.objects.order_by("at", "id")
        if row.first_id in keys.clients and row.second_id in keys.clients
    ]


def _there() -> dict[Part, set[UUID]]:
    """The rows that the file holds, one query for each part."""
    return {
        part: set(model._default_manager.values_list("pk", flat=True))
        for part, (model, _) in FOLLOWED.items()
    }


def _entry(
    merge: Merge,
    keys: RowKeys,
    *,
    brought: Rows,
    changed: list[ChangedEntry],
    questions: list[PartingQuestion],
    there: Rows,
) -> MergeEntry:
    stays: Rows = defaultdict(set)
    if merge.undone_at is None:
        # Answered before the parting: brought along by a business that moved here.
        for one in questions:
            stays[_part_of(one)].add(one.row_id)
        for told in told_by_log_in(merge):
            part = PARTS.get((told.mover.model._meta.db_table, told.mover.key.column))
            if part is not None:
                brought[part].update(told.parted)
                stays[part].update(told.stayed)
        questions = []
    return MergeEntry.model_validate(
        {word: getattr(merge, word) for word in _AS_KEPT}
        | {
            "survivor": keys.clients[merge.survivor_id],
            "absorbed": keys.clients[merge.absorbed_id],
            "joined_at": merge.at,
            "had_log_in": merge.absorbed_account_id is not None,
            "brought": _rows(brought, there),
            "changed": changed,
            "stays": _rows(stays, there),
            "questions": [
                _question(one, keys) for one in questions if one.row_id in there[_part_of(one)]
            ],
        }
    )


def _rows(found: Rows, there: Rows) -> RowsEntry:
    return RowsEntry.model_validate(
        {part: sorted(ids & there[part]) for part, ids in found.items()}
    )


def _changed(row: MergeRow, section: str, word: str, *, keys: RowKeys) -> ChangedEntry:
    values = {"before": row.value_before, "after": row.value_after}
    if word == "bound_to":
        values = {at: _professional(text, keys) for at, text in values.items()}
    return ChangedEntry.model_validate({"of": section, "id": row.row_id, "word": word, **values})


def _professional(text: str, keys: RowKeys) -> str:
    return keys.occupiable.get(UUID(text), "") if text else ""


def _question(one: PartingQuestion, keys: RowKeys) -> QuestionEntry:
    return QuestionEntry(
        of=_part_of(one),
        id=one.row_id,
        decided_for=keys.clients[one.decided_for_id] if one.decided_for_id else None,
        decided_at=one.decided_at,
    )


def _part_of(question: PartingQuestion) -> Part:
    """The part by the table alone: what follows a card by two columns is never asked about."""
    return next(part for (table, _), part in PARTS.items() if table == question.of_table)
