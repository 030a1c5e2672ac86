"""What people/ itself tells a person about their card."""

from __future__ import annotations

from clientela.people.exporters import tells_of_card
from clientela.people.models import Client, Consent
from clientela.people.queries.contacts import contacts


@tells_of_card("card")
def card_told(*, card: Client) -> dict[str, object]:
    """Return the card as the person may see it: not the staff's notes."""
    return {
        "name_at_the_business": card.record_name,
        "language": card.language,
        "zone": card.zone,
        "birthday": card.birthday.isoformat() if card.birthday else None,
        "since": card.created_at.isoformat(),
        "activated_at": card.activated_at.isoformat() if card.activated_at else None,
        "messages_by": card.notify_by,
        "wants_follow_up": card.wants_follow_up,
        "quiet_minutes": [card.quiet_from_minute, card.quiet_until_minute],
        "contacts": [
            {
                "kind": one.kind,
                "value": one.value,
                "for_messages": one.for_notifications,
                "proved_at": one.verified_at.isoformat() if one.verified_at else None,
            }
            for one in contacts(card, as_client=True)
        ],
        "consents": [
            {
                "purpose": one.purpose,
                "messages_by": one.notify_by,
                "how": one.how,
                "words": one.text_version,
                "at": one.at.isoformat(),
            }
            for one in Consent.objects.filter(client=card).order_by("at", "id")
        ],
    }
