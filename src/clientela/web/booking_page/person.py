"""Who is signed in at this business, and what is known of them already, so that it is not asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from clientela.accounts.models import Account
from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.notify.queries.standing import Contact, chosen_contact
from clientela.people.models import Client, IdentifierKind
from clientela.people.queries.contacts import contacts
from clientela.people.queries.households import in_household, lent_to
from clientela.people.queries.living_cards import living_cards


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A signed-in person; `card` is this business's, which the first booking makes.

    `relatives` are the cards of those of their household who let them book.
    """

    account: Account
    card: Client | None
    phone: str
    contact: Contact
    relatives: Sequence[Client] = ()

    @property
    def name(self) -> str:
        """How the booking names them; blank for an account that never gave one."""
        return self.account.name

    @property
    def label(self) -> str:
        """The name, or the address they sign in with."""
        return self.name or self.account.email

    @property
    def zone(self) -> str:
        """The zone they read times in, by the business's card or by their own profile."""
        return (self.card.zone if self.card else "") or self.account.zone

    def relative(self, card_id: UUID | None) -> Client | None:
        """The relative with this card, if they let this person book for them."""
        return next((one for one in self.relatives if one.pk == card_id), None)


def person_of(request: HttpRequest, *, business: Business, policy: BookingPolicy) -> Person | None:
    """Return who is signed in; nobody where clients have no log-in, for there everybody is a guest.

    Two queries besides the session's and the account's: the card and its contacts; one more for who is in a household.
    """
    if policy.client_login == ClientLogin.OFF or not request.user.is_authenticated:
        return None
    account = request.user
    mine = living_cards().filter(business=business, account_id=account.pk)
    card = mine.annotate(has_family=in_household()).first()
    known = contacts(card, as_client=True) if card else []
    phones = [one.value for one in known if one.kind == IdentifierKind.PHONE]
    return Person(
        account=account,
        card=card,
        phone=account.phone or next(iter(phones), ""),
        contact=chosen_contact(known) if card else Contact(account.email, is_verified=True),
        relatives=lent_to(account_id=account.pk, what="book", business_id=business.pk)
        if card and card.has_family
        else (),
    )
