"""Who answers what people ask of the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.models import Account

if TYPE_CHECKING:
    from django.db.models import QuerySet


def support_agents() -> QuerySet[Account]:
    """Return the support agents, by name. The operator, who may do all that they may, is none by that."""
    return Account.objects.filter(is_support=True, is_active=True).order_by("name", "email")
