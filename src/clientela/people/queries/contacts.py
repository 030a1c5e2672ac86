"""How a client can be reached."""

from __future__ import annotations

from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.hidden_rows import shown_only


def contacts(client: Client, *, as_client: bool = False) -> list[Identifier]:
    """Return every contact of the card, oldest first; ``as_client``: but those hidden from the client's own log-in."""
    rows = Identifier.objects.filter(client=client)
    return list((shown_only(rows) if as_client else rows).order_by("created_at", "id"))


def notification_email(client: Client) -> Identifier | None:
    """Return the address that messages go to: the oldest e-mail marked for notifications."""
    return (
        Identifier.objects.filter(client=client, kind=IdentifierKind.EMAIL, for_notifications=True)
        .order_by("created_at", "id")
        .first()
    )
