"""By what a client hears about appointments."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, Consent, How, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope


def set_notify_by(
    *, client: Client, notify_by: NotifyBy | str, how: How | str, by: Actor, now: datetime
) -> Client:
    """Keep the choice and its evidence. Saying the same again, as a mail program does with a stop link, adds nothing.

    Not the activation: a card that waits for its person goes on waiting.
    """
    choice, occasion = NotifyBy(notify_by), How(how)
    with business_scope(client.business_id), transaction.atomic():
        standing = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
        newest = Consent.objects.filter(client=client).order_by("-at", "-id").first()
        client.notify_by = choice
        if newest is not None and newest.notify_by == choice == standing.notify_by:
            return client
        client.save(update_fields=["notify_by"])
        record_consent(client=client, notify_by=choice, how=occasion, by=by, now=now)
        audit_note(
            action="messages-chosen",
            subject=client,
            by=by,
            now=now,
            reason=choice.value,
            details={"how": occasion.value},
        )
    return client
