"""How a client can be reached."""

from __future__ import annotations

from clientela.people.models import Client, Identifier, IdentifierKind


def contacts(client: Client) -> list[Identifier]:
    """Return every contact of the card, oldest first."""
    return list(Identifier.objects.filter(client=client).order_by("created_at", "id"))


def notification_email(client: Client) -> Identifier | None:
    """Return the address that messages go to: the oldest e-mail marked for notifications."""
    return (
        Identifier.objects.filter(client=client, kind=IdentifierKind.EMAIL, for_notifications=True)
        .order_by("created_at", "id")
        .first()
    )
