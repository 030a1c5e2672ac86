"""Keep the evidence of what a person said about messages; the actions of this room use it."""

from __future__ import annotations

from datetime import datetime

from clientela.people.consent_text import VERSION
from clientela.people.models import Client, Consent, How, NotifyBy, Purpose
from clientela.platform.actor import Actor, ActorKind


def record_consent(
    *,
    client: Client,
    notify_by: NotifyBy,
    purpose: Purpose = Purpose.APPOINTMENTS,
    how: How,
    by: Actor,
    now: datetime,
) -> Consent:
    """Write one statement about one purpose in the caller's transaction.

    Whose log-in it was is kept if the person spoke. ``notify_by`` says by what messages of that purpose may come.
    """
    return Consent.objects.create(
        business_id=client.business_id,
        client=client,
        purpose=purpose,
        notify_by=notify_by,
        how=how,
        text_version=VERSION,
        account_id=by.account_id if by.kind is ActorKind.CLIENT else None,
        at=now,
    )
