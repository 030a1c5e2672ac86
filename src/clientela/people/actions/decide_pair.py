"""Keep what was decided about two cards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.plain_text import line
from clientela.people.errors import CannotTakeUp
from clientela.people.models import Client, PairDecision, PairVerdict
from clientela.people.queries.likeness_between import likeness_between
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope
from clientela.rules.client_match import VERSION


def decide_pair(
    *,
    first: Client,
    second: Client,
    verdict: PairVerdict,
    millibits: int | None = None,
    because: str,
    note: str = "",
    by: Actor,
    now: datetime,
) -> PairDecision:
    """Write that these two are one person, different people or a family, or that it is to be asked later.

    ``millibits`` is what the evidence weighed when it was decided (default: what it weighs now), ``because`` a
    kebab-case word. Nothing is changed: the newest decision about a pair holds. The order of the two does not matter.
    """
    low, high = sorted((first.pk, second.pk))
    with business_scope(first.business_id), transaction.atomic():
        if millibits is None:
            millibits = _weight(first, second, now=now)
        decided = PairDecision.objects.create(
            business_id=first.business_id,
            first_id=low,
            second_id=high,
            verdict=verdict,
            millibits=millibits,
            version=VERSION,
            because=because,
            note=line(note, limit=500),
            by=by.kind.value,
            by_account_id=by.account_id,
            at=now,
        )
        audit_note(
            action="pair-decided",
            subject=first,
            by=by,
            now=now,
            reason=str(PairVerdict(verdict).value),
            details={"other": str(second.pk), "because": because},
        )
    return decided


def _weight(first: Client, second: Client, *, now: datetime) -> int:
    """Return what speaks for one person now; nothing, if one of the cards stands for nobody any more."""
    try:
        return likeness_between(first=first, second=second, now=now).millibits
    except CannotTakeUp:
        return 0
