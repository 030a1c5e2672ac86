"""By what each of a person's businesses could reach them, so that they can choose: read in the system's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from clientela.notify.models import MessagePolicy, SenderKind, TextGateway
from clientela.notify.queries.reaches import reaches_of, target_of_card
from clientela.notify.queries.text_gateways import open_gateways
from clientela.notify.reach import EMAIL, SMS, Reach
from clientela.people.models import Client
from clientela.platform.tenancy import system_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWays:
    """The ways of one card. ``answer_to`` is the number that START is sent to; blank where nobody reads answers.

    ``quiet`` are the business's own quiet hours as minutes of the reader's day, or None where it has none.
    """

    sends_texts: bool
    answer_to: str
    email: Reach
    sms: Reach
    quiet: tuple[int, int] | None


def own_ways(*, cards: Sequence[Client]) -> Mapping[UUID, OwnWays]:
    """Return the ways of each card, by its id; at most six queries however many there are."""
    businesses = {card.business_id for card in cards}
    with system_scope("a person chooses their messages in many businesses at once"):
        gateways = open_gateways(business_ids=businesses)
        rows = MessagePolicy.objects.filter(business_id__in=businesses)
        policies = {row.business_id: row for row in rows}
        reaches = reaches_of(targets=[target_of_card(card) for card in cards])
    return {
        card.pk: OwnWays(
            sends_texts=card.business_id in gateways,
            answer_to=_answer_to(gateways.get(card.business_id)),
            email=reach[EMAIL],
            sms=reach[SMS],
            quiet=_quiet(policies.get(card.business_id, MessagePolicy())),
        )
        for card, reach in zip(cards, reaches, strict=True)
    }


def _answer_to(gateway: TextGateway | None) -> str:
    """A name cannot be answered; numbers and short codes can."""
    if gateway is None or gateway.sender_kind == SenderKind.NAME:
        return ""
    return gateway.sender


def _quiet(policy: MessagePolicy) -> tuple[int, int] | None:
    begins, ends = policy.quiet_from_minute, policy.quiet_until_minute
    return None if begins is None or ends is None or begins == ends else (begins, ends)
