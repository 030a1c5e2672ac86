"""Forget to whom an invitation went who is erased."""

from __future__ import annotations

from clientela.people.models import HouseholdInvitation


def forget_invitations(*, emails: list[str]) -> int:
    """Delete the invitations to a household that went to these addresses; say how many rows went."""
    deleted, _ = HouseholdInvitation.objects.filter(email__in=emails).delete()
    return deleted
