"""The merge that a "not me" link belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.people.models import Merge
from clientela.platform.links import digest, rederive
from clientela.platform.tenancy import system_scope

PURPOSE: Final = "not-me"
"""The purpose under which the link to the mailbox of a log-in that left its card is derived."""


def merge_by_refusal(*, token: str, now: datetime) -> Merge | None:
    """Return the merge of a link that the former log-in's mailbox got, while it may be refused; else nothing."""
    with system_scope("the link names the merge, and nobody is signed in"):
        return (
            Merge.objects.filter(
                refuse_digest=digest(token), refusable_until__gt=now, undone_at__isnull=True
            )
            .select_related("business", "survivor", "absorbed")
            .first()
        )


def refusal_token(merge: Merge) -> str:
    """Return the token of a merge's link again, for the mail. ``LookupError`` when its key was lost."""
    return rederive(purpose=PURPOSE, nonce=merge.refuse_nonce, digest=merge.refuse_digest)
