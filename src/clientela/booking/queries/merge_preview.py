"""What joining two cards would do to their credits, and which of their appointments meet: told before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.pending_redemption import wanted_of
from clientela.catalogue.models import Service
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.people.previews import Conflict, ServiceBalance, Told, on_planning
from clientela.rules.redemption import Planned, Usable, plan_redemptions

NOTHING: Final[Mapping[UUID, int]] = MappingProxyType({})
_AHEAD: Final = (Status.REQUESTED.value, Status.CONFIRMED.value)


@on_planning
def credits_told(*, card: Client, into: Client, hides: bool, now: datetime) -> Told:
    """Return the free credits of both for each service, those that have ended left out, and what is left afterwards.

    Afterwards is after what was pending has used what it can, as the merge itself lets it. What comes along hidden
    waits: nothing is pooled at once. Eight queries at most.
    """
    mine, theirs = usable_grants(client_id=card.pk), usable_grants(client_id=into.pk)
    pooled: list[Planned] = []
    if not hides and (mine or theirs):
        wanted = [*wanted_of(client_id=card.pk), *wanted_of(client_id=into.pk)]
        pooled = plan_redemptions(wanted=wanted, usable=[*mine, *theirs])
    today = business_day(business_id=into.business_id, now=now)
    counts = [_by_service(some, today=today) for some in (mine, theirs)]
    spent = Counter(one.grant_id for one in pooled)
    after = _by_service([*mine, *theirs], today=today, spent=spent)
    names = Service.objects.in_bulk(set(counts[0]) | set(counts[1])) if mine or theirs else {}
    balances = [
        ServiceBalance(one.name, counts[0][key], counts[1][key], after[key])
        for key, one in sorted(names.items(), key=lambda pair: (pair[1].position, pair[0]))
    ]
    warnings = (("credits-used-at-once", len(pooled)),) if pooled else ()
    return Told(balances=tuple(balances), warnings=warnings)


@on_planning
def days_told(*, card: Client, into: Client, hides: bool, now: datetime) -> Told:  # noqa: ARG001 -- hidden or not, they meet
    """Return appointments of the two that are ahead at the same time: they are shown, never cancelled. One query."""
    ahead = Appointment.objects.filter(
        client__in=(card, into), status__in=_AHEAD, ends_at__gt=now
    ).select_related("service")
    meet = []
    for first, second in pairwise(ahead.order_by("starts_at", "id")):
        if first.client_id != second.client_id and second.starts_at < first.ends_at:
            here, there = (first, second) if first.client_id == card.pk else (second, first)
            meet.append(Conflict("same-time", _words(here), _words(there)))
    return Told(conflicts=tuple(meet))


def _words(one: Appointment) -> str:
    """The service, and when by the clock where it takes place."""
    return f"{one.service.name}, {one.promised_local.replace('T', ' ')} ({one.promised_zone})"


def _by_service(
    grants: Iterable[Usable], *, today: date, spent: Mapping[UUID, int] = NOTHING
) -> Counter[UUID]:
    found: Counter[UUID] = Counter()
    for one in grants:
        if one.valid_until is None or one.valid_until >= today:
            for service_id in one.services:
                found[service_id] += len(one.free) - spent.get(one.grant_id, 0)
    return found
