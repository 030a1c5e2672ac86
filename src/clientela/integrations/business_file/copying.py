"""The same business under another address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.rows import rows_with_ids
from clientela.platform.ids import uuid7


def copied(document: BusinessFile, *, slug: str) -> BusinessFile:
    """Return the document with that slug and other ids, so that it can stand beside the first.

    The new ids are in the order of the old ones: an id says what was born before what, which parting two cards asks.
    """
    parts = document.model_dump(exclude_defaults=True)
    parts["business"] = {**parts["business"], "slug": slug}
    parts["business"].pop("id", None)
    for entry in parts.get("appointments", ()):
        # Why a professional was chosen names the others by their ids, which a copy does not share.
        entry.pop("assigned_because", None)
    old = sorted({row.id for row in rows_with_ids(document)})
    return BusinessFile.model_validate(_renewed(parts, {key: uuid7() for key in old}))


def _renewed(part: Any, ids: Mapping[UUID, UUID]) -> Any:  # noqa: ANN401 -- a tree of plain values
    """The same tree, with each row's new id wherever its old one stood."""
    if isinstance(part, dict):
        return {word: _renewed(value, ids) for word, value in part.items()}
    if isinstance(part, list):
        return [_renewed(item, ids) for item in part]
    return ids.get(part, part) if isinstance(part, UUID) else part
