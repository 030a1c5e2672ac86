"""Which id the next account with a provider will have."""

from __future__ import annotations

from uuid import UUID, uuid5

from clientela.business.models import Business
from clientela.checkout.models import ProviderAccount


def next_account_id(*, business: Business) -> UUID:
    """Return the id that the business's next provider account will get: the same until there is one.

    The provider asks for the address of our inbox before it says the secret of its news, and that address
    holds the account's id. So it is known before the account is: derived from how many there were.
    """
    number = ProviderAccount.objects.filter(business=business).count() + 1
    return uuid5(business.pk, f"provider-account:{number}")
