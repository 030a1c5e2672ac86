"""Where a person goes who signed in and asked for no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from clientela.business.models import Membership
from clientela.people.queries.living_cards import living_cards
from clientela.platform.tenancy import account_scope

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.accounts.models import Account


def arrival_path(account: Account) -> str:
    """The desk, for who works somewhere and is nowhere a client; else the client's own home."""
    with account_scope(account.pk):
        works = Membership.objects.filter(account=account, ended_at__isnull=True).exists()
        if works and not living_cards().filter(account=account).exists():
            return reverse("desk:home")
    return reverse("client:home")


def account_of(request: HttpRequest) -> Account:
    """The person who is signed in; allauth asks only where somebody is."""
    if not request.user.is_authenticated:
        message = "nobody is signed in"
        raise LookupError(message)
    return request.user
