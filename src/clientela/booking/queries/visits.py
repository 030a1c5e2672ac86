"""A person's appointments as the rule of new and returning reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from clientela.booking.models import Appointment, Attribution, MarkerPolicyChoice
from clientela.booking.queries.family_visits import (
    COUNTS,
    Own,
    facts_with_family,
    family_visits,
)
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.people.models import Merge, MergeRow
from clientela.people.queries.household_ties import ever_in_household
from clientela.rules.attribution import (
    Facts,
    MarkerPolicy,
    MarkerReason,
    Visit,
    facts_of,
    family_of,
)
from clientela.rules.name_match import normalise_email

_TABLE: Final = Appointment._meta.db_table
_READ: Final = (
    "id", "client_id", "status", "channel", "account_id", "address_used", "professional_id", "account__email",
    "chosen_policy", "came_with", "is_joined", "stands", "has_family", "starts_at", "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One appointment, ready to be decided: its facts, its policy, and the marker that stands, if any.

    ``stands`` is the newest marker (``None``: never marked).
    """

    appointment_id: UUID
    facts: Facts
    policy: MarkerPolicy
    stands: Standing | None = None

    def with_facts(self, facts: Facts) -> Reading:
        """Return the same with other facts."""
        return replace(self, facts=facts)


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest row of a marker, as it was kept."""

    number: int
    value: str
    reason: str
    policy: str
    version: int
    facts: dict[str, Any]

    @property
    def is_corrected(self) -> bool:
        """Whether a person said what it is: then no rule is asked again."""
        return self.reason == MarkerReason.RECLASSIFIED


def readings(*, client_ids: Iterable[UUID]) -> Iterator[Reading]:
    """Yield what the rule is told of every appointment of these cards, card by card in order of start. One query.

    Three more for each card that has belonged to a household: its family's visits count as well (``family_visits``).
    Times that were only held are left out, and the cards of who was erased: what was decided of them stays.
    """
    rows = _rows(client_ids).values_list(*_READ).iterator(chunk_size=2000)
    for _, of_card in groupby(rows, key=lambda row: row[1]):
        yield from _of_card(list(of_card))


def _rows(client_ids: Iterable[UUID]) -> QuerySet[Appointment]:
    """Ask for the appointments, with the policy of their day, the card they came with, and their newest marker."""
    policy = MarkerPolicyChoice.objects.filter(
        business_id=OuterRef("business_id"), since__lte=OuterRef("created_at")
    ).order_by("-since", "-id")
    came = MergeRow.objects.filter(
        merge__survivor_id=OuterRef("client_id"),
        merge__undone_at__isnull=True,
        of_table=_TABLE,
        of_column="client_id",
        row_id=OuterRef("id"),
    )
    taken_up = Merge.objects.filter(survivor_id=OuterRef("client_id"), undone_at__isnull=True)
    newest = Attribution.objects.filter(appointment_id=OuterRef("id")).order_by("-number")
    row = JSONObject(
        number="number", value="value", reason="reason", policy="policy", version="version", facts="facts"
    )  # fmt: skip
    return (
        Appointment.objects.filter(
            WAS_BOOKED, Q(client__erased_at__isnull=True), client_id__in=list(client_ids)
        )
        .annotate(
            chosen_policy=Subquery(policy.values("policy")[:1]),
            came_with=Subquery(came.values("merge__absorbed_id")[:1]),
            is_joined=Exists(taken_up),
            stands=Subquery(newest.values(row=row)[:1]),
            has_family=ever_in_household("client_id"),
        )
        .order_by("client_id", "starts_at", "id")
    )


def _of_card(rows: list[tuple[Any, ...]]) -> Iterator[Reading]:
    by_id = {str(row[0]): row for row in rows}
    for key, told in _told(rows):
        row = by_id[key]
        stands = _standing(row[11])
        # What was booked keeps the policy it was first marked by.
        policy = stands.policy if stands else row[8] or MarkerPolicy.ONE_PERSON
        yield Reading(row[0], facts=told, policy=MarkerPolicy(policy), stands=stands)


def _told(rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, Facts]]:
    joined = bool(rows[0][10])
    if not rows[0][12]:
        return facts_of([_visit(row) for row in rows], joined=joined)
    own = [Own(_visit(row), starts_at=row[13], booked_at=row[14]) for row in rows]
    return facts_with_family(own, family=family_visits(client_id=rows[0][1]), joined=joined)


def _standing(row: dict[str, Any] | None) -> Standing | None:
    """Read a newest row; SQLite gives the JSON inside JSON as text."""
    if row is None:
        return None
    facts = row["facts"]
    return Standing(**row | {"facts": json.loads(facts) if isinstance(facts, str) else facts})


def _visit(row: tuple[Any, ...]) -> Visit:
    key, client, status, channel, account, address, professional, email, _, came_with, *_ = row
    return Visit(
        id=str(key),
        counts=status in COUNTS,
        origin=str(came_with or client),
        family=family_of(channel),
        account=str(account) if account else "",
        address=normalise_email(email if account else address),
        professional=str(professional),
    )
