"""Import a file from the disk; what the command and the demo call."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from clientela.integrations.actions.import_business import Imported, import_business
from clientela.integrations.business_file.anchor import moved_to_this_week
from clientela.integrations.business_file.reading import read_text
from clientela.platform.actor import Actor


def import_file(
    *,
    path: Path,
    slug: str | None = None,
    anchor_today: bool = False,
    dry_run: bool = False,
    by: Actor,
    now: datetime,
) -> Imported:
    """Import the business of a file; raises ``BadFile`` with every problem, and then wrote nothing.

    ``anchor_today`` moves the file's dates by whole weeks until its anchor's week is this one.
    """
    document = read_text(path.read_bytes())
    if anchor_today:
        document = moved_to_this_week(document, now=now)
    return import_business(document=document, slug=slug, dry_run=dry_run, by=by, now=now)
