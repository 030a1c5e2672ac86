"""What a business has set about the messages of its clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from clientela.business.models import BookingPolicy, ClientLogin, NotificationGate
from clientela.notify.queries.words_of import OwnWords, WordsKey, own_words
from clientela.rules.zone_choice import ZoneMode


@dataclass(frozen=True, slots=True)
class ClientPolicy:
    """The settings that a message to a client depends on. ``words`` are the business's own, for who writes."""

    zone_mode: ZoneMode = ZoneMode.CLIENT_CHOOSES
    gate: NotificationGate = NotificationGate.OWN_BOOKING
    client_login: ClientLogin = ClientLogin.OPTIONAL
    words: Mapping[WordsKey, OwnWords] = field(default_factory=dict)


def client_policy(business_id: UUID) -> ClientPolicy:
    """Return what the business has set, or what is usual, without its words; one query."""
    found = _settings([business_id]).get(business_id)
    return ClientPolicy(*found) if found else ClientPolicy()


def client_policies(businesses: Iterable[UUID]) -> dict[UUID, ClientPolicy]:
    """Return what each of the businesses has set, with its own words, for messages that are to be written.

    Two queries. Who has set nothing is not in it.
    """
    wanted = set(businesses)
    found, words = _settings(wanted), own_words(business_ids=wanted)
    usual = ClientPolicy()
    return {
        business: ClientPolicy(
            *found.get(business, (usual.zone_mode, usual.gate, usual.client_login)),
            words=words.get(business, {}),
        )
        for business in found.keys() | words.keys()
    }


def letter_policy(business_id: UUID) -> ClientPolicy:
    """Return the same for one business: for a letter that is written by itself."""
    return client_policies([business_id]).get(business_id, ClientPolicy())


def _settings(
    businesses: Iterable[UUID],
) -> dict[UUID, tuple[ZoneMode, NotificationGate, ClientLogin]]:
    rows = BookingPolicy.objects.filter(business_id__in=set(businesses)).values_list(
        "business_id", "zone_mode", "notification_gate", "client_login"
    )
    return {
        business: (ZoneMode(zone_mode), NotificationGate(gate), ClientLogin(login))
        for business, zone_mode, gate, login in rows
    }
