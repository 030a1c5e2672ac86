"""Whether a person has cards that wait for their first visit."""

from __future__ import annotations

from uuid import UUID

from clientela.people.queries.living_cards import living_cards


def has_waiting_cards(*, account_id: UUID) -> bool:
    """Say whether any of the account's cards is not activated yet; in the account's scope."""
    return living_cards().filter(account_id=account_id, activated_at__isnull=True).exists()
