"""What a client may use: asked at every booking, so it is narrow."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q, UUIDField, Value

from clientela.ledger.models import Grant, GrantService, Redemption
from clientela.people.queries.hidden_rows import shown_only
from clientela.rules.redemption import Usable


def usable_grants(*, client_id: UUID) -> list[Usable]:
    """Return the client's open grants that have a free credit, whatever their days; paid or not.

    Without those that came with another card's log-in and are still hidden: they are nobody's to spend yet.

    One statement when there is none, two otherwise. Which of them covers what is ``rules/redemption.py``'s;
    for a decision, ask after ``lock_credits``.
    """
    grants = (
        shown_only(Grant.objects.filter(client=client_id, closed_at__isnull=True))
        .annotate(standing=Count("redemptions", filter=Q(redemptions__released_at__isnull=True)))
        .filter(credits__gt=F("standing"))
        .values_list("pk", "credits", "applies_on", "valid_until", "granted_at")
    )
    found = list(grants)
    if not found:
        return []
    services, used = _facts([row[0] for row in found])
    return [
        Usable(
            grant_id=key,
            free=tuple(number for number in range(1, count + 1) if number not in used[key]),
            applies_on=applies_on,
            valid_until=valid_until,
            services=frozenset(services[key]),
            granted_at=granted_at,
        )
        for key, count, applies_on, valid_until, granted_at in found
    ]


def _facts(grant_ids: list[UUID]) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[int]]]:
    """Return the services of each grant and the numbers of its credits in use, in one statement."""
    nothing = Value(None, output_field=IntegerField())
    nobody = Value(None, output_field=UUIDField())
    covered = (
        GrantService.objects.filter(grant__in=grant_ids)
        .annotate(used=nothing)
        .values_list("grant_id", "service_id", "used")
    )
    standing = (
        Redemption.objects.filter(grant__in=grant_ids, released_at__isnull=True)
        .annotate(covered=nobody)
        .values_list("grant_id", "covered", "number")
    )
    services: dict[UUID, set[UUID]] = defaultdict(set)
    used: dict[UUID, set[int]] = defaultdict(set)
    for grant_id, service_id, number in covered.union(standing, all=True):
        if service_id is not None:
            services[grant_id].add(service_id)
        if number is not None:
            used[grant_id].add(number)
    return services, used
