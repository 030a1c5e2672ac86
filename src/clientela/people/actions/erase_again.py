"""Forget once more whom a restored backup brought back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.accounts.models import Account
from clientela.business.errors import OnlyOwner
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.leave import leave
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.erasure_list import CARD, LOGIN, Erasure
from clientela.platform.tenancy import system_scope

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """How many cards and log-ins were erased, and which log-ins could not be: by the backup they own a business alone."""

    cards: int
    logins: int
    owners: tuple[UUID, ...]


def erase_again(*, listed: Iterable[Erasure], now: datetime) -> ErasedAgain:
    """Erase every card and log-in of the list that is here and not erased; done twice, it is done once.

    Each in a transaction of its own: killed half-way, the next call does the rest. Log-ins go first, so that nobody
    comes in meanwhile.
    """
    listed = list(listed)
    logins, owners = _end_logins([one.key for one in listed if one.kind == LOGIN], now=now)
    cards = _erase_cards([one.key for one in listed if one.kind == CARD], now=now)
    return ErasedAgain(cards=cards, logins=logins, owners=tuple(owners))


def _end_logins(keys: list[UUID], *, now: datetime) -> tuple[int, list[UUID]]:
    ended, owners = 0, []
    for some in _slices(keys):
        for account in Account.objects.filter(pk__in=some).order_by("pk"):
            try:
                leave(account=account, also_cards=False, by=Actor.client(account.pk), now=now)
            except OnlyOwner:
                owners.append(account.pk)
            else:
                ended += 1
    return ended, owners


def _erase_cards(keys: list[UUID], *, now: datetime) -> int:
    by, erased = Actor.system("erasures of the list"), 0
    with system_scope("a restored backup brings people back at every business"):
        for some in _slices(keys):
            for card in Client.objects.filter(pk__in=some, erased_at=None).order_by("pk"):
                erase_card(card=card, because="restored", by=by, now=now)
                erased += 1
    return erased


def _slices(keys: list[UUID]) -> Iterable[list[UUID]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
