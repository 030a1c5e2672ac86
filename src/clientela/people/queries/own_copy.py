"""Everything that is kept of a person, for them to take along."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import addresses_of
from clientela.people.exporters import person_tellers, tellers
from clientela.people.models import Client
from clientela.people.queries.own_cards import own_cards
from clientela.platform.tenancy import system_scope

FORMAT: Final = "clientela-person"
VERSION: Final = 1


def own_copy(*, account: Account, now: datetime) -> dict[str, Any]:
    """Return, in plain values, the person's account and what each business holds of them that they may see.

    Times are ISO 8601 in UTC unless their name says ``local``. Businesses come by name.
    """
    with system_scope("a person's own data stands in every business they know"):
        cards = own_cards(account_id=account.pk)
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": now.isoformat(),
            "person": _person(account),
            **{heading: tell(account=account) for heading, tell in person_tellers().items()},
            "businesses": [_business(card) for card in cards],
        }


def _person(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "phone": account.phone,
        "birthday": account.birthday.isoformat() if account.birthday else None,
        "language": account.language,
        "zone": account.zone,
        "since": account.created_at.isoformat(),
        "addresses": [
            {"email": one.email, "proved": one.is_verified, "is_log_in": one.is_primary}
            for one in addresses_of(account=account)
        ],
    }


def _business(card: Client) -> dict[str, Any]:
    told = {heading: tell(card=card) for heading, tell in tellers().items()}
    business = card.business
    return {"business": {"name": business.name, "address": business.slug}, **told}
