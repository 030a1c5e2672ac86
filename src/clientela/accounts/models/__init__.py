"""Tables of the accounts storey."""

from clientela.accounts.models.account import Account
from clientela.accounts.models.account_join import AccountJoin
from clientela.accounts.models.address_change import AddressChange

__all__ = ["Account", "AccountJoin", "AddressChange"]
