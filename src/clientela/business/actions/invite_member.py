"""Offer somebody a role, by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from clientela.business.errors import AlreadyMember, RoleUnknown, ValueRefused
from clientela.business.events import MemberInvited
from clientela.business.invitations import LASTS, PURPOSE
from clientela.business.models import Invitation, Membership, Role
from clientela.business.plain_text import line
from clientela.platform import audit, links, outbox
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.business.models import Business, Professional
    from clientela.platform.actor import Actor


def invite_member(
    *,
    business: Business,
    email: str,
    name: str = "",
    role: str,
    professional: Professional | None = None,
    by: Actor,
    now: datetime,
) -> Invitation:
    """Offer a role for seven days. An earlier open offer to the same address is withdrawn.

    Refuses ``ValueRefused`` (email), ``RoleUnknown``, ``AlreadyMember``. No account is touched or made.
    """
    address = normalise_email(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueRefused(field="email") from error
    if role not in Role.values:
        raise RoleUnknown(field="role")
    works_here = Membership.objects.filter(
        ended_at__isnull=True,
        account__emailaddress__email=address,
        account__emailaddress__verified=True,
    )
    if works_here.exists():
        raise AlreadyMember(field="email")
    nonce = links.new_nonce()
    with transaction.atomic():
        Invitation.objects.filter(
            email=address, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            business=business,
            email=address,
            name=line(name, limit=200),
            role=role,
            professional=professional,
            nonce=nonce,
            token_digest=links.digest(links.derive(purpose=PURPOSE, nonce=nonce)),
            invited_by=by.account_id,
            created_at=now,
            expires_at=now + LASTS,
        )
        audit.note(
            action="member-invited", subject=invitation, by=by, now=now, details={"role": role}
        )
        outbox.record(MemberInvited(business_id=business.pk, invitation_id=invitation.pk), now=now)
    return invitation
