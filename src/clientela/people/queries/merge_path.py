"""The standing merges above a merge."""

from __future__ import annotations

from clientela.people.models import Merge


def merge_path(merge: Merge) -> list[Merge]:
    """Return the merge and those that took up its survivor since, in order; the last one's survivor stands today.

    One query for each step. Whoever acts on it holds the business's joining (``actions/hold_cards.py``).
    """
    path = [merge]
    while above := Merge.objects.filter(
        absorbed=path[-1].survivor_id, undone_at__isnull=True
    ).first():
        path.append(above)
    return path
