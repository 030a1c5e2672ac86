"""What is earned and not settled yet: the statements that could be closed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.explain_marker import markers_of
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.earned import Earned, commissions_of, day_of_visit, earned_by

Place = tuple[UUID, str]
"""One professional's money of one currency."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An attended appointment that no statement settles yet, and what it is worth now."""

    appointment: Appointment
    earned: Earned


@dataclass(slots=True)
class Draft:
    """One professional's open period, up to a day: visits in order of day, and the corrections of settled ones."""

    professional_id: UUID
    currency: str
    first_on: date
    last_on: date
    visits: list[Visit] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)

    @property
    def visits_minor(self) -> int:
        """What the visits come to."""
        return sum(one.earned.amount_minor for one in self.visits)

    @property
    def adjustments_minor(self) -> int:
        """What the corrections come to; may be negative."""
        return sum(one.amount_minor for one in self.adjustments)

    @property
    def total_minor(self) -> int:
        """What would be paid."""
        return self.visits_minor + self.adjustments_minor

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to settle."""
        return not self.visits and not self.adjustments

    @property
    def without_rule(self) -> list[Visit]:
        """The visits for which nothing was agreed."""
        return [one for one in self.visits if one.earned.rule is None]

    @property
    def digest(self) -> str:
        """A short word for exactly this: what is confirmed is what was read."""
        parts = [f"{one.appointment.pk}:{one.earned.amount_minor}" for one in self.visits]
        parts += [str(one.pk) for one in self.adjustments]
        text = "\n".join([f"{self.first_on}/{self.last_on}/{self.currency}", *parts])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def drafts(
    *, business_id: UUID, professional_ids: Iterable[UUID] | None = None, last_on: date
) -> dict[Place, Draft]:
    """Return what is not settled up to ``last_on``, by professional and currency; all of the business by default.

    Five queries, however many there are. A draft begins the day after the last statement, or with the first visit.
    """
    wanted = None if professional_ids is None else list(professional_ids)
    settled = _settled_until(business_id, wanted)
    visits = list(_visits(business_id, wanted, last_on))
    earned = earned_by(
        appointments=visits,
        markers=markers_of(appointment_ids=[one.pk for one in visits]),
        rules=commissions_of(business_id=business_id),
    )
    found: dict[Place, Draft] = {}
    for one in visits:
        place, on = (one.professional_id, one.currency), day_of_visit(one)
        until = settled.get(place)
        if until is not None and on <= until:
            continue  # what turned up in a settled period is an adjustment, made when its event is heard
        draft = found.setdefault(place, _draft(place, until, first=on, last_on=last_on))
        draft.visits.append(Visit(one, earned[one.pk]))
    for place, waiting in _waiting(business_id, wanted).items():
        until = settled[place]
        draft = found.setdefault(place, _draft(place, until, first=last_on, last_on=last_on))
        draft.adjustments.extend(waiting)
    return found


def settled_until(*, business_id: UUID, professional_id: UUID | None = None) -> date | None:
    """Return the last day that a statement of this professional, or of anybody, has settled. One query."""
    rows = Statement.objects.filter(business=business_id)
    if professional_id is not None:
        rows = rows.filter(professional=professional_id)
    found: date | None = rows.aggregate(last=Max("last_on"))["last"]
    return found


def _draft(place: Place, until: date | None, *, first: date, last_on: date) -> Draft:
    professional_id, currency = place
    first_on = until + timedelta(days=1) if until else first
    return Draft(professional_id, currency, first_on, max(first_on, last_on))


def _settled_until(business_id: UUID, wanted: list[UUID] | None) -> dict[Place, date]:
    rows = Statement.objects.filter(business=business_id)
    if wanted is not None:
        rows = rows.filter(professional__in=wanted)
    said = rows.values("professional_id", "currency").annotate(last=Max("last_on")).order_by()
    return {(row["professional_id"], row["currency"]): row["last"] for row in said}


def _visits(business_id: UUID, wanted: list[UUID] | None, last_on: date) -> QuerySet[Appointment]:
    """Ask for what was attended and never counted for who gave it."""
    own = {"appointment": OuterRef("pk"), "professional": OuterRef("professional")}
    rows = Appointment.objects.filter(
        ~Exists(StatementLine.objects.filter(adjustment__isnull=True, **own)),
        ~Exists(Adjustment.objects.filter(**own)),
        business=business_id,
        status=Status.ATTENDED,
        promised_local__lt=f"{last_on + timedelta(days=1)}",
    )
    if wanted is not None:
        rows = rows.filter(professional__in=wanted)
    return rows.select_related("service", "client", "location").order_by("promised_local", "id")


def _waiting(business_id: UUID, wanted: list[UUID] | None) -> dict[Place, list[Adjustment]]:
    """Ask for the corrections that no statement has taken up."""
    rows = Adjustment.objects.filter(business=business_id, line__isnull=True)
    if wanted is not None:
        rows = rows.filter(professional__in=wanted)
    found: dict[Place, list[Adjustment]] = defaultdict(list)
    for one in rows.select_related(
        "of_statement", "appointment__service", "appointment__client", "appointment__location"
    ).order_by("made_at", "id"):
        found[one.professional_id, one.of_statement.currency].append(one)
    return found
