"""Forget once more whom a restored backup brought back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from clientela.accounts.models import Account, AccountJoin
from clientela.business.errors import OnlyOwner
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.leave import leave
from clientela.people.actions.undo_join import part_again
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Merge
from clientela.platform.actor import Actor
from clientela.platform.erasure_list import CARD, LOGIN, Erasure
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import system_scope

AT_ONCE: Final = 500
_BY: Final = Actor.system("erasures of the list")


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """How many cards and log-ins were erased, and which log-ins could not be: by the backup they own a business alone."""

    cards: int
    logins: int
    owners: tuple[UUID, ...]


def erase_again(*, listed: Iterable[Erasure], now: datetime) -> ErasedAgain:
    """Erase every card and log-in of the list that is here and not erased; done twice, it is done once.

    What the backup has joined and was parted before one of the two was erased is parted first, so that nothing of who
    is erased stays readable on the other's card, and nobody is erased along who was not. Whoever is erased together is
    listed together. Each in a transaction of its own: killed half-way, the next call does the rest. Log-ins go first,
    so that nobody comes in meanwhile.
    """
    listed = list(listed)
    logins = {one.key for one in listed if one.kind == LOGIN}
    cards = {one.key for one in listed if one.kind == CARD}
    _part_accounts(logins, now=now)
    _part_cards(cards, now=now)
    ended, owners = _end_logins(logins, now=now)
    return ErasedAgain(cards=_erase_cards(cards, now=now), logins=ended, owners=tuple(owners))


def _part_accounts(keys: Collection[UUID], *, now: datetime) -> None:
    """Part joined accounts of which the list names one. What cannot be parted stays joined, and is erased like that."""
    standing = AccountJoin.objects.filter(
        joined_at__isnull=False, undone_at__isnull=True, absorbed__isnull=False
    ).order_by("-joined_at", "-pk")
    for some in _slices(keys):
        for join in standing.filter(Q(account__in=some) | Q(absorbed__in=some)):
            if (join.account_id in keys) != (join.absorbed_id in keys):
                with suppress(Refusal):
                    part_again(join=join, now=now)


def _part_cards(keys: Collection[UUID], *, now: datetime) -> None:
    """Part joined cards of which the list names one, as staff would."""
    with system_scope("a restored backup brings people back at every business"):
        standing = Merge.objects.filter(undone_at__isnull=True).order_by("-pk")
        for some in _slices(keys):
            back = Client.objects.filter(pk__in=some, erased_at=None)
            for merge in list(standing.filter(Q(absorbed__in=back) | Q(survivor__in=back))):
                if (merge.absorbed_id in keys) != (merge.survivor_id in keys):
                    unmerge_clients(merge=merge, because="restored", by=_BY, now=now)


def _end_logins(keys: Collection[UUID], *, now: datetime) -> tuple[int, list[UUID]]:
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


def _erase_cards(keys: Collection[UUID], *, now: datetime) -> int:
    erased = 0
    with system_scope("a restored backup brings people back at every business"):
        for some in _slices(keys):
            for card in Client.objects.filter(pk__in=some, erased_at=None).order_by("pk"):
                erase_card(card=card, because="restored", by=_BY, now=now)
                erased += 1
    return erased


def _slices(keys: Collection[UUID]) -> Iterable[list[UUID]]:
    every = sorted(keys)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
