"""The one place that decides what a client's own log-in may not see: what came with a card whose log-in was another.

Staff may join a card with a log-in to another card (``actions/merge_clients.py``). What came with it stays hidden
from whoever signs in as the survivor until its mailbox has said that it was right, or the time for "not me" is over.
Every query of a client's own pages, feed, balance and copies passes through here.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from clientela.people.models import MergeRow

_Row = TypeVar("_Row", bound=Model)


def is_hidden(model: type[Model], *, key: str = "pk") -> Exists:
    """Return the condition that a row of ``model`` came with a merge that still hides what it brought.

    ``key`` is the path to the row in the query, such as ``"appointment"`` where messages about appointments are
    asked for. It reads no row beyond those of the few merges that hide: their index comes first.
    """
    return Exists(
        # The plain manager: what is hidden is hidden in a person's scope too, whose merges are not theirs to read.
        MergeRow._base_manager.filter(
            merge__hides=True,
            merge__business=OuterRef("business"),
            of_table=model._meta.db_table,
            row_id=OuterRef(key),
        )
    )


def shown_only(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """Return the rows without those that are hidden from the log-in of their card; still one query."""
    return rows.filter(~is_hidden(rows.model))
