"""The card of somebody of one's household, while they let one book for it."""

from __future__ import annotations

from clientela.accounts.models import Account
from clientela.booking.errors import NotLent
from clientela.people.models import Client
from clientela.people.queries.households import lent_to


def lent_card(card: Client, *, account: Account) -> Client:
    """Return the card as it stands if this person may book for it now, held by nobody; else refuse ``NotLent``.

    One that became part of another card since it was shown is that one.
    """
    lent = {
        one.pk: one
        for one in lent_to(account_id=account.pk, what="book", business_id=card.business_id)
    }
    joined = Client.objects.filter(pk=card.pk).values_list("merged_into_id", flat=True).first()
    found = lent.get(joined or card.pk)
    if found is None:
        raise NotLent
    return found
