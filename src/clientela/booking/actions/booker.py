"""Who books: as themselves with their account, or as a guest; and whether the business lets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from clientela.accounts.models import Account
from clientela.booking.actions.check_start import is_insider
from clientela.booking.actions.overrides import Overrides
from clientela.booking.errors import LoginRequired
from clientela.booking.guest import Guest
from clientela.booking.queries.client_door import client_door
from clientela.business.models import Business, ClientLogin
from clientela.people.models import Client
from clientela.platform.actor import Actor, ActorKind

_Who = TypeVar("_Who")


@dataclass(frozen=True, slots=True)
class Booker:
    """For whom an appointment is made, and who asks for it.

    ``client`` is a card, a guest as typed, or an account, which means that person's own card here.
    """

    client: Client | Guest | Account
    account: Account | None
    by: Actor
    is_online: bool | None = None
    """Whether clients may book here by themselves; ``None`` where nobody looked."""

    def bound_card(self, *, business: Business, overrides: Overrides) -> Client | None:
        """Return the card whose professional binds this booking; a member of staff may set that aside.

        A guest is bound to nobody: a guest's booking never lands on a card that is. One query for an account.
        """
        if overrides.bound_professional and is_insider(self.by):
            return None
        if isinstance(self.client, Client):
            return self.client
        if isinstance(self.client, Account):
            return Client.objects.filter(business=business, account=self.client).first()
        return None


def admit_booker(
    *, business: Business, client: Client | Guest | None, account: Account | None, by: Actor
) -> Booker:
    """Say for whom the booking is, by the business's *Client login*, or refuse ``LoginRequired``.

    Off: whoever is signed in is a guest here. Optional: a person signed in books for their own card,
    whatever was typed, and a guest may book. Required: a guest may not. The staff, and programs with a
    token, book in every mode. One query, none for them.
    """
    if by.kind not in {ActorKind.GUEST, ActorKind.CLIENT}:
        return Booker(_named(client), account, by)
    door = client_door(business)
    if by.kind is ActorKind.CLIENT:
        person = _named(account)
        if door.login is not ClientLogin.OFF:
            return Booker(person, person, by, is_online=door.is_online)
        typed = client if isinstance(client, Guest) else _as_guest(person)
        return Booker(typed, None, Actor.guest(), is_online=door.is_online)
    if door.login is ClientLogin.REQUIRED:
        raise LoginRequired
    return Booker(_named(client), account, by, is_online=door.is_online)


def _as_guest(person: Account) -> Guest:
    return Guest(person.name, person.email, person.phone, person.language)


def _named(who: _Who | None) -> _Who:
    if who is None:
        message = "a booking is for somebody: a card, a guest, or the account of who is signed in"
        raise TypeError(message)
    return who
