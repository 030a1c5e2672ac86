"""What is said in the chat, made fit to be kept."""

from __future__ import annotations

from typing import Final

from clientela.business.plain_text import note
from clientela.support.errors import NothingSaid

LONGEST: Final = 4_000


def said(body: str) -> str:
    """Return the words as they are kept: without what no screen shows or no database keeps, cut where a line ends.

    Refuses ``NothingSaid`` where nothing is left.
    """
    kept = note(body, limit=LONGEST)
    if not kept:
        raise NothingSaid(field="body")
    return kept
