"""Who books for themselves is told that messages about the booking will come: that is their word, kept once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, Consent, How, NotifyBy, Purpose
from clientela.platform.actor import Actor, ActorKind

_HOW: Final = {
    ActorKind.GUEST: How.BOOKING,
    ActorKind.CLIENT: How.BOOKING,
    # A program with a token is the business's own booking form, filled in by the person.
    ActorKind.API: How.API,
}


def consent_by_booking(
    *, card: Client, has_spoken: bool | None = None, by: Actor, now: datetime
) -> None:
    """Keep the word of a person who books, in the caller's transaction, unless the card holds one already.

    What they said before counts: a booking never turns messages on again that somebody turned off. What the staff
    book is nobody's word. ``has_spoken`` is known to whoever has just looked; else it is asked, in one query.
    """
    how = _HOW.get(by.kind)
    if how is None:
        return
    if has_spoken is None:
        spoken = Consent.objects.filter(client=card, purpose=Purpose.APPOINTMENTS)
        has_spoken = spoken.exists()
    if not has_spoken:
        record_consent(client=card, notify_by=NotifyBy(card.notify_by), how=how, by=by, now=now)
