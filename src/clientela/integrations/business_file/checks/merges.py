"""Merges lead where their cards lead, and name rows of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.merges import MergeEntry, RowsEntry
from clientela.integrations.business_file.problems import Problems
from clientela.integrations.business_file.rows import rows_with_ids


def check_merges(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note cards that lead elsewhere than their merges say, and rows that are not there.

    A card may have been taken up without a merge that says so, as in a file of the first version: then it cannot be
    parted.
    """
    _check_ways(document, index=index, problems=problems)
    _check_rows(document, problems=problems)
    _check_values(document, index=index, problems=problems)


def _check_values(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    for number, entry in enumerate(document.merges):
        for step, one in enumerate(entry.changed):
            for at in ("before", "after"):
                key = getattr(one, at)
                if one.word == "bound_to" and key and key not in index.professionals:
                    problems.add(
                        f'"{key}" is not in this file', "merges", number, "changed", step, at
                    )


def _check_ways(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """A card that stands in no other is no part of one; the standing merges above it end where it leads."""
    above: dict[str, MergeEntry] = {}
    for number, entry in enumerate(document.merges):
        if entry.undone_at is None:
            if entry.absorbed in above:
                problems.add(
                    f'"{entry.absorbed}" is part of another card already', "merges", number
                )
            above[entry.absorbed] = entry
    for number, entry in enumerate(document.merges):
        card = index.clients.get(entry.absorbed)
        if entry.undone_at is None and card is not None:
            end = _end(entry, above)
            if end is None or card.merged_into != end:
                problems.add(
                    f'"{entry.absorbed}" does not lead to where its merges end', "merges", number
                )


def _end(entry: MergeEntry, above: dict[str, MergeEntry]) -> str | None:
    """The card at the end of the way; ``None`` where the way is a ring."""
    seen = {entry.absorbed}
    at = entry.survivor
    while at in above:
        if at in seen:
            return None
        seen.add(at)
        at = above[at].survivor
    return at


def _check_rows(document: BusinessFile, *, problems: Problems) -> None:
    """Each row that a merge names is in the file, and named once for the same."""
    there: dict[str, set[UUID]] = defaultdict(set)
    for row in rows_with_ids(document):
        there[row.kind].add(row.id)
    there["guardians"] = there["members"]
    for number, entry in enumerate(document.merges):
        told: set[tuple[str, str, UUID]] = set()
        for kind, about, key, place in _named(entry):
            if key not in there[kind]:
                problems.add("is not in this file", "merges", number, *place)
            if (kind, about, key) in told:
                problems.add("stands here already", "merges", number, *place)
            told.add((kind, about, key))


def _named(entry: MergeEntry) -> Iterator[tuple[str, str, UUID, tuple[str | int, ...]]]:
    """Each row that a merge names: its kind, in what respect, its id, and the place."""
    for word in ("brought", "stays"):
        for part in RowsEntry.model_fields:
            for step, key in enumerate(getattr(getattr(entry, word), part)):
                yield part, "", key, (word, part, step)
    for step, one in enumerate(entry.changed):
        yield one.of, one.word, one.id, ("changed", step, "id")
    for step, asked in enumerate(entry.questions):
        yield asked.of, "asked", asked.id, ("questions", step, "id")
