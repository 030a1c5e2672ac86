"""What happened to cards that others may have to hear."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class WelcomeSent(Event):
    """Staff asked for a client's welcome: it is to go to the card's log-in e-mail, with its link."""

    business_id: UUID
    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class CardActivated(Event):
    """The person came in for the first time and chose their messages: from now on they may be written to."""

    business_id: UUID
    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClientsMerged(Event):
    """The card ``absorbed_id`` became part of ``survivor_id``."""

    business_id: UUID
    merge_id: UUID
    survivor_id: UUID
    absorbed_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClientsParted(Event):
    """A merge was undone: the two cards are two again."""

    business_id: UUID
    merge_id: UUID
    survivor_id: UUID
    absorbed_id: UUID


@dataclass(frozen=True, kw_only=True)
class CardsErased(Event):
    """The person of these cards is forgotten: a backup made before must not bring them back."""

    business_id: UUID
    client_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class HouseholdAsked(Event):
    """A person says that whoever reads another address belongs to their household: that mailbox is to be asked."""

    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class HouseholdAnswered(Event):
    """An invitation ended: accepted, refused, taken back or run out; which one stands in its row."""

    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class HouseholdFormed(Event):
    """These cards belong together from now on; everybody who had to agree has agreed."""

    business_id: UUID
    household_id: UUID
    client_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class HouseholdLeft(Event):
    """The card belongs to the household no more. Nobody is told of it."""

    business_id: UUID
    household_id: UUID
    client_id: UUID
