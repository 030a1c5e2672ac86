"""What people/ hears: who is forgotten goes on the list that outlives the database."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.events import AccountErased
from clientela.people.events import CardsErased
from clientela.platform.erasure_list import CARD, LOGIN, Erasure, note_erasures
from clientela.platform.outbox import on


@on(CardsErased, name="people.list-erased-cards")
def hear_of_cards(event: CardsErased, *, now: datetime) -> None:
    """Write the cards down."""
    note_erasures(Erasure(CARD, one, now) for one in event.client_ids)


@on(AccountErased, name="people.list-erased-login")
def hear_of_login(event: AccountErased, *, now: datetime) -> None:
    """Write the log-in down."""
    note_erasures([Erasure(LOGIN, event.account_id, now)])
