"""What people/ itself tells a person about their card, and forgets besides what stands on it."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.erasers import erases_account
from clientela.people.actions.forget_invitations import forget_invitations
from clientela.people.actions.leave_household import forget_membership
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_card
from clientela.people.models import Client, Consent, HouseholdMember
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


@tells_of_card("households")
def households_told(*, card: Client) -> list[dict[str, object]]:
    """Return since when the person belongs to a household and what they allow it; not who else does."""
    return [
        {
            "as": row.role,
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
            "lets_the_others": {
                "book": row.lets_book,
                "pay": row.lets_pay,
                "see": row.lets_see,
                "share_credits": row.shares_credits,
            },
        }
        for row in HouseholdMember.objects.filter(client=card).order_by("since", "id")
    ]


@erases_card(first=True)
def leave_households(*, card: Client, now: datetime) -> None:
    """Belong to nobody any more; the rows that ended stay, with ids only."""
    forget_membership(card=card, now=now)


@erases_account
def forget_asked(*, emails: list[str], now: datetime) -> None:  # noqa: ARG001 -- every eraser is told the moment
    """Forget the invitations that went to these addresses; those of the account go with it."""
    forget_invitations(emails=emails)
