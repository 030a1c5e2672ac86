"""The businesses that would be left without an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from clientela.business.models import Business, Membership, Role

if TYPE_CHECKING:
    from uuid import UUID

    from clientela.accounts.models import Account


def owned_businesses(*, account: Account) -> list[UUID]:
    """Return the ids of the businesses that this account owns, alone or with others; in the system's scope."""
    living = Membership.objects.filter(account=account, role=Role.OWNER, ended_at__isnull=True)
    return list(living.values_list("business_id", flat=True))


def sole_ownerships(*, account: Account) -> list[Business]:
    """Return the living businesses whose only owner is this account, by name; in the system's scope.

    One that was given up does not count: without an owner nobody opens it again, and its day comes.
    """
    owners = Membership.objects.filter(role=Role.OWNER, ended_at__isnull=True)
    others = owners.filter(business_id=OuterRef("business_id")).exclude(account=account)
    alone = owners.filter(account=account).exclude(Exists(others))
    return list(
        Business.objects.filter(
            pk__in=alone.values("business_id"), closed_at__isnull=True
        ).order_by("name", "pk")
    )
