"""Where a person works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.business.models import Business, Membership

if TYPE_CHECKING:
    from clientela.accounts.models import Account


def workplaces(*, account: Account) -> list[Business]:
    """Return the businesses at whose desk the person has a place, by name; in the system's scope or the account's."""
    living = Membership.objects.filter(account=account, ended_at__isnull=True)
    return list(Business.objects.filter(pk__in=living.values("business_id")).order_by("name", "pk"))
