"""Say whether an article helped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db import transaction

from clientela.business.plain_text import note
from clientela.support.errors import CaptchaMissing, ReasonMissing
from clientela.support.models import HelpFeedback, WhyNot

LONGEST_COMMENT: Final = 2_000


def give_feedback(
    *,
    article: str,
    language: str,
    of_version: date,
    was_answered: bool,
    reasons: Collection[str] = (),
    comment: str = "",
    is_human: bool,
    now: datetime,
) -> HelpFeedback:
    """Keep what was said. ``is_human``: the riddle (``platform/captcha.py``) was solved, which the door found out.

    Reasons that are none of the list are dropped. Refuses ``ReasonMissing`` for a *no* without a reason, and
    ``CaptchaMissing``; then nothing is kept.
    """
    known = sorted(set(reasons) & set(WhyNot.values))
    if not was_answered and not known:
        raise ReasonMissing(field="reasons")
    if not is_human:
        raise CaptchaMissing(field="captcha")
    with transaction.atomic():
        return HelpFeedback.objects.create(
            article=article,
            language=language,
            of_version=of_version,
            was_answered=was_answered,
            reasons=[] if was_answered else known,
            comment=note(comment, limit=LONGEST_COMMENT),
            at=now,
        )
