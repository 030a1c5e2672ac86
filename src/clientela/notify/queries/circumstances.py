"""What a batch of messages depends on besides addresses: settings, plans, statements and quiet hours of many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from clientela.booking.models import Appointment
from clientela.notify.decisions import ON_WISH, Quiet, Said, Wishes
from clientela.notify.models import MessagePolicy, Rule
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.held_copies import HELD_COPY
from clientela.notify.queries.plan import Plans, plans_of
from clientela.notify.queries.standing import Contact, standing_of
from clientela.notify.reach import Reach
from clientela.people.models import Client, Consent, NotifyBy, Purpose
from clientela.people.queries.common_wishes import RANK
from clientela.people.queries.hearers import hearers
from clientela.rules.zone_choice import zone_for_client

Statements = Mapping[tuple[UUID, Purpose], Said]
"""The newest statement of a card about a purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Everything the businesses and cards of a batch have set and said."""

    policies: Mapping[UUID, ClientPolicy]
    plans: Plans
    message_policies: Mapping[UUID, MessagePolicy]
    statements: Statements
    hearers: Mapping[UUID, Client]

    def policy(self, business_id: UUID) -> ClientPolicy:
        """What the business has set about its clients, or what is usual."""
        return self.policies.get(business_id, _USUAL)

    def message_policy(self, business_id: UUID) -> MessagePolicy:
        """What the business has set about its messages, or what is usual."""
        return self.message_policies.get(business_id, _UNSET)

    def held(self, business_id: UUID) -> str:
        """Why nothing about appointments leaves the business at all; blank: it does."""
        return HELD_COPY if self.message_policy(business_id).held_since else ""

    def reader(self, appointment: Appointment) -> Client:
        """Whose card is told what is for the client of an appointment: theirs, or a child's guardian's."""
        return self.hearers.get(appointment.client_id, appointment.client)

    def zone(self, appointment: Appointment) -> str:
        """In which zone the client of an appointment reads times (S4.27)."""
        return zone_for_client(
            mode=self.policy(appointment.business_id).zone_mode,
            location_zone=appointment.promised_zone,
            booking_zone=appointment.zone,
            profile_zone=self.reader(appointment).zone,
        )

    def wishes(
        self, *, appointment: Appointment, reach: Reach, rule: Rule, books: bool = False
    ) -> Wishes:
        """How the client of an appointment stands to a message; ``books``: their booking is about to be their word."""
        card = self.reader(appointment)
        return Wishes(
            standing=standing_of(
                appointment=appointment,
                reader=card,
                contact=Contact(reach.address, reach.is_verified),
                gate=self.policy(appointment.business_id).gate,
            ),
            wants_follow_up=card.wants_follow_up,
            said=self._said(card, rule, books=books),
            quiet=self._quiet(appointment),
        )

    def _said(self, card: Client, rule: Rule, *, books: bool) -> Said | None:
        purpose = Purpose.FOLLOW_UP if rule in ON_WISH else Purpose.APPOINTMENTS
        said = self.statements.get((card.pk, purpose))
        if said is None and books and purpose is Purpose.APPOINTMENTS:
            return Said(id=None, notify_by=NotifyBy(card.notify_by))
        return said

    def _quiet(self, appointment: Appointment) -> Quiet:
        card = self.reader(appointment)
        own = (card.quiet_from_minute, card.quiet_until_minute)
        usual = self.message_policy(appointment.business_id)
        hours = own if None not in own else (usual.quiet_from_minute, usual.quiet_until_minute)
        return Quiet(from_minute=hours[0], until_minute=hours[1], zone=self.zone(appointment))


_USUAL: Final = ClientPolicy()
_UNSET: Final = MessagePolicy()


def circumstances(
    *,
    business_ids: Collection[UUID],
    cards: Collection[Client],
    policies: Mapping[UUID, ClientPolicy],
) -> Circumstances:
    """Read what the messages of these businesses and cards depend on, in four queries; five where children are told of."""
    heard_by = hearers(cards=cards)
    rows = MessagePolicy.objects.filter(business_id__in=set(business_ids))
    return Circumstances(
        policies=policies,
        plans=plans_of(business_ids=business_ids),
        message_policies={row.business_id: row for row in rows},
        statements=statements_of(
            card_ids={heard_by.get(card.pk, card).pk for card in cards},
        ),
        hearers=heard_by,
    )


def statements_of(*, card_ids: Collection[UUID]) -> dict[tuple[UUID, Purpose], Said]:
    """Return the statement that counts of each card about each purpose; one query.

    What was said on a card that was taken up by another counts as said by the same person: of the newest of each the
    one that allows least holds, until they say something anew on the card that stands. The ids are those of the
    statements as they were written.
    """
    wanted = set(card_ids)
    rows = Consent.objects.filter(Q(client_id__in=wanted) | Q(client__merged_into_id__in=wanted))
    newest: dict[tuple[UUID, Purpose], dict[UUID, _Statement]] = defaultdict(dict)
    for key, card, into, merged_at, purpose, notify_by, at in rows.order_by("at", "id").values_list(
        "pk",
        "client_id",
        "client__merged_into_id",
        "client__merged_at",
        "purpose",
        "notify_by",
        "at",
    ):
        said = Said(id=key, notify_by=NotifyBy(notify_by))
        newest[into or card, Purpose(purpose)][card] = _Statement(said, at=at, merged_at=merged_at)
    return {key: _that_counts(key[0], found) for key, found in newest.items()}


@dataclass(frozen=True, slots=True)
class _Statement:
    """The newest one of a card; ``merged_at`` is when the card was taken up, if it was."""

    said: Said
    at: datetime
    merged_at: datetime | None


def _that_counts(card_id: UUID, found: Mapping[UUID, _Statement]) -> Said:
    own = found.get(card_id)
    asked = [
        one
        for one in found.values()
        if one is own or own is None or one.merged_at is None or own.at < one.merged_at
    ]
    return min(asked, key=lambda one: RANK[NotifyBy(one.said.notify_by)]).said
