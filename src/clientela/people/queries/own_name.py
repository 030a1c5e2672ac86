"""What somebody is called before others of their household."""

from __future__ import annotations

from clientela.people.models import Client


def own_name(card: Client) -> str:
    """Return the name as the person writes it; of who has no log-in, or gave none, as the business does.

    Blank for who was erased. Read with its ``account``, it asks nothing of the database.
    """
    account = card.account
    return (account.name if account else "") or card.record_name
