"""The cards that a person is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.business.models import Business, Location
from clientela.people.models import Client
from clientela.people.queries.waiting_at import waiting_at
from clientela.platform.tenancy import system_scope
from clientela.rules.clock_time import local_date
from clientela.rules.name_match import same_name


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """A card at the person's address, told without its details, and perhaps theirs.

    ``same_name`` says whether it bears the name of the account; where it does not, the name must be
    typed as it was booked. ``since`` is the day on which the card was made, where the business is.
    """

    card_id: UUID
    business: Business
    same_name: bool
    since: date


def card_questions(*, account: Account) -> list[CardQuestion]:
    """Return the questions that wait for this person, by business, oldest card first.

    Nothing is asked before a mailbox is proved, nor again after an answer. At most three queries.
    """
    emails = verified_emails(account=account)
    if account.expires_at is not None or not emails:
        return []
    with system_scope("a person's cards stand in many businesses"):
        cards = list(waiting_at(emails=emails, account_id=account.pk).select_related("business"))
        zones = _zones(cards)
    return [
        CardQuestion(
            card_id=card.pk,
            business=card.business,
            same_name=same_name(card.record_name, account.name),
            since=local_date(card.created_at, zones.get(card.business_id, "UTC")),
        )
        for card in sorted(cards, key=lambda card: (card.business.name, card.business_id))
    ]


def _zones(cards: list[Client]) -> dict[UUID, str]:
    """Return the zone of each business's first location."""
    if not cards:
        return {}
    places = Location.objects.filter(business__in={card.business_id for card in cards})
    # The first location is written last, so it is the one that stays.
    return {place.business_id: place.zone for place in places.order_by("-position", "-id")}
