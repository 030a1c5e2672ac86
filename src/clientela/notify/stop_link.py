"""The link at the foot of every message to a client: fewer messages, or none, without signing in.

Its token is made from the card's id and the installation's key, so it needs no row and no column. It does one
thing only, and it works as long as the card lives.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final
from uuid import UUID

from django.conf import settings

from clientela.business.models import Business
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.resolve import resolve
from clientela.platform import links

PURPOSE: Final = "stop-messages"
_ID_CHARACTERS: Final = 22
_LONGEST: Final = 100


def stop_token(client: Client) -> str:
    """Return the card's token: its id, and the proof that we wrote it down for its holder."""
    return _short(client.pk) + links.derive(purpose=PURPOSE, nonce=client.pk.hex)


def stop_url(client: Client, *, business: Business | None = None) -> str:
    """Return the address for a message. ``business`` is the card's own, where it is at hand already."""
    slug = (business or client.business).slug
    return f"{settings.PUBLIC_URL}/{slug}/messages/{stop_token(client)}/"


def client_of_stop_link(*, business: Business, token: str) -> Client | None:
    """Return the living card of this business that the link speaks of; anything else is None.

    A card that was taken up by another leads to that one: the person is the same.
    """
    if len(token) > _LONGEST or not token.isascii():
        return None
    card_id = _long(token[:_ID_CHARACTERS])
    if card_id is None or not links.is_derived(
        token=token[_ID_CHARACTERS:], purpose=PURPOSE, nonce=card_id.hex
    ):
        return None
    return living_cards().filter(pk=resolve(card_id), business=business).first()


def _short(key: UUID) -> str:
    return base64.urlsafe_b64encode(key.bytes).rstrip(b"=").decode()


def _long(text: str) -> UUID | None:
    try:
        return UUID(bytes=base64.b64decode(text + "==", altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        return None
