"""Give a member another role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.business.errors import LastOwner, RoleUnknown
from clientela.business.models import Membership, Professional, Role
from clientela.platform import audit
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from clientela.platform.actor import Actor


def change_role(
    *,
    membership: Membership,
    role: str,
    professional: Professional | None = None,
    by: Actor,
    now: datetime,
) -> Membership:
    """Change what a member may do, from the next request on. Refuses ``LastOwner``, ``RoleUnknown``.

    ``professional`` is whose appointments are their own, and takes this account; without one the link stays as it was.
    """
    if role not in Role.values:
        raise RoleUnknown(field="role")
    with transaction.atomic():
        keep_an_owner(business_id=membership.business_id, without=membership, unless=role)
        linked = professional or membership.professional
        Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(
            role=role, professional=linked
        )
        if professional is not None:
            Professional.objects.filter(pk=professional.pk).update(account=membership.account)
        audit.note(
            action="role-changed",
            subject=membership,
            by=by,
            now=now,
            details={"from": membership.role, "to": role},
        )
        membership.role, membership.professional = role, linked
    return membership


def keep_an_owner(*, business_id: UUID, without: Membership, unless: str = "") -> None:
    """Refuse ``LastOwner`` if no living owner were left.

    Holds the business's lock: two owners who demote each other at once must not both succeed.
    """
    lock(keys=[f"owners:{business_id}"])
    others = Membership.objects.filter(role=Role.OWNER, ended_at__isnull=True).exclude(
        pk=without.pk
    )
    if without.role == Role.OWNER and unless != Role.OWNER and not others.exists():
        raise LastOwner
