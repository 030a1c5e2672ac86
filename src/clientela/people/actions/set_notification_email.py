"""Where a business's messages to a client go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.keep_contacts import keep_contacts, read_contacts
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.contacts import notification_email
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope


def set_notification_email(
    *, client: Client, email: str, by: Actor, now: datetime
) -> Identifier | None:
    """Send messages to this address from now on, and return it; blank sends them to none.

    The log-in is not touched: that is the person's own. An address that was proved stays on the card as another of
    the person's; one that nobody proved goes, since a wrong address must lead nobody to this card. The new one counts
    as unverified unless the card holds it verified already. Refuses ``EmailInvalid``.
    """
    wanted = read_contacts(business=client.business, emails=[email])
    with business_scope(client.business_id), transaction.atomic():
        Client.objects.select_for_update(no_key=True).get(pk=client.pk)
        held = Identifier.objects.filter(client=client, kind=IdentifierKind.EMAIL)
        before = notification_email(client)
        others = held.exclude(value__in=[one.value for one in wanted])
        others.filter(verified_at__isnull=True, for_notifications=True).delete()
        others.update(for_notifications=False)
        if wanted and not held.filter(value=wanted[0].value).update(for_notifications=True):
            keep_contacts(client=client, contacts=wanted, now=now)
        refresh_card_text(client=client)
        after = notification_email(client)
        if (after and after.value) != (before and before.value):
            audit_note(
                action="notification-email-changed" if after else "notification-email-removed",
                subject=client,
                by=by,
                now=now,
                details={"identifier": str(after.pk)} if after else None,
            )
    return after
