"""Take a contact off a card."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.update_client import refresh_card_text
from clientela.people.models import Identifier
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note


def remove_identifier(*, identifier: Identifier, by: Actor, now: datetime) -> None:
    """Delete a contact from its card. Removing one that is already gone changes nothing."""
    client = identifier.client
    with transaction.atomic():
        gone, _ = Identifier.objects.filter(pk=identifier.pk, client=client).delete()
        if not gone:
            return
        refresh_card_text(client=client)
        audit_note(
            action="contact-removed",
            subject=client,
            by=by,
            now=now,
            business_id=client.business_id,
            details={"kind": str(identifier.kind)},
        )
