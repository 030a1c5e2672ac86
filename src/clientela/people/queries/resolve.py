"""Which card speaks for a card that was taken up."""

from __future__ import annotations

from uuid import UUID

from clientela.people.models import Client


def resolve(client_id: UUID) -> UUID:
    """Return the id of the card that this one became part of; its own, if it stands or does not exist.

    One step is enough: whoever takes up a card also takes over what pointed at it.
    """
    into = Client.objects.filter(pk=client_id).values_list("merged_into", flat=True).first()
    return into or client_id
