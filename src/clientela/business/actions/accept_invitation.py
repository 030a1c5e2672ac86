"""Take up an offered role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.accounts.queries.account_by_email import account_by_email
from clientela.business.errors import InvitationClosed, InvitationForAnother
from clientela.business.models import Invitation, Membership, Professional
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor


def accept_invitation(
    *, invitation: Invitation, account: Account, by: Actor, now: datetime
) -> Membership:
    """Give the account the role that was offered to its own proved address, once.

    Refuses ``InvitationClosed`` and ``InvitationForAnother``. Somebody who already works here keeps one
    membership, with the offered role. Nothing of the account itself changes.
    """
    if account_by_email(invitation.email) != account:
        raise InvitationForAnother
    with transaction.atomic():
        taken = Invitation.objects.filter(
            pk=invitation.pk,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        ).update(accepted_at=now)
        if not taken:
            raise InvitationClosed
        membership, _ = Membership.objects.update_or_create(
            business_id=invitation.business_id,
            account=account,
            ended_at=None,
            defaults={"role": invitation.role, "professional": invitation.professional},
            create_defaults={
                "role": invitation.role,
                "professional": invitation.professional,
                "created_at": now,
            },
        )
        if invitation.professional_id:
            Professional.objects.filter(pk=invitation.professional_id).update(account=account)
        audit.note(
            action="invitation-accepted",
            subject=membership,
            by=by,
            now=now,
            details={"role": membership.role},
        )
    return membership
