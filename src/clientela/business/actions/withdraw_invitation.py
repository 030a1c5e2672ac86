"""Take an offer of a role back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.business.models import Invitation
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def withdraw_invitation(*, invitation: Invitation, by: Actor, now: datetime) -> bool:
    """Close an open invitation; its link stops working at once. False if it was closed already."""
    with transaction.atomic():
        closed = Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=now)
        if closed:
            audit.note(action="invitation-withdrawn", subject=invitation, by=by, now=now)
    return bool(closed)
