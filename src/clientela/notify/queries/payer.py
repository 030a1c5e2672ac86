"""Where a client is told about money, if they may be written to at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from clientela.ledger.models import Sale
from clientela.notify.gate import pass_gate
from clientela.notify.models import Reason
from clientela.notify.queries.standing import standing_of_card
from clientela.notify.reader import Reader
from clientela.people.models import Client
from clientela.people.queries.hearers import hearers
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.resolve import resolve


@dataclass(frozen=True, slots=True)
class Payer:
    """A card that may be written to, at this address."""

    card: Client
    address: str

    @property
    def language(self) -> str:
        """The language the client is written in."""
        return self.card.language or self.card.business.language

    def reader(self, *, link: str = "") -> Reader:
        """The client as a letter addresses them."""
        return Reader(business=self.card.business.name, language=self.language, link=link)


def payer_of(client_id: UUID, *, is_own: bool) -> Payer | None:
    """Return where to write, or ``None`` for a card that is gone, has no address, or does not pass the gate.

    ``is_own``: what is told is what they did, or asked for, themselves. A card that was taken up by another
    leads to that one, a child's to whoever answers for it. In the business's scope.
    """
    card = living_cards().filter(pk=resolve(client_id)).select_related("business").first()
    if card is None:
        return None
    card = hearers(cards=[card]).get(card.pk, card)
    contact, standing = standing_of_card(business=card.business, card=card)
    if not contact.address or pass_gate(replace(standing, is_own=is_own)) is not Reason.QUEUED:
        return None
    return Payer(card=card, address=contact.address)


def own_sale_url(*, card: Client, sale: Sale) -> str:
    """Return the address of a sale among a person's own pages; blank for who has no log-in, or hears for a child."""
    if card.account_id is None or sale.client_id != card.pk:
        return ""
    return settings.PUBLIC_URL + reverse("balance:sale", args=[sale.pk])
