"""A person's own invitations to a household."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.people.household_links import is_open
from clientela.people.models import HouseholdInvitation


def open_invitations(*, account_id: UUID, now: datetime) -> list[HouseholdInvitation]:
    """Return those that wait for an answer, newest first: of a refused one nothing more is told."""
    mine = HouseholdInvitation.objects.filter(is_open(now=now), account_id=account_id)
    return list(mine.order_by("-asked_at", "-id"))


def own_invitation(
    *, account_id: UUID, invitation_id: UUID, now: datetime
) -> HouseholdInvitation | None:
    """Return the person's invitation with this id while it waits; None for anybody else's."""
    mine = HouseholdInvitation.objects.filter(is_open(now=now), account_id=account_id)
    return mine.select_related("account").filter(pk=invitation_id).first()
