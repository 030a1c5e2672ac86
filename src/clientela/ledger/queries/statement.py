"""Why a balance is what it is: every step of a client's credits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from clientela.ledger.models import AccountKind, Grant, Movement, Redemption
from clientela.people.queries.hidden_rows import shown_only


class Line(StrEnum):
    """What a line of a statement says."""

    GRANTED = "granted"
    REDEEMED = "redeemed"
    RETURNED = "returned"
    FORFEITED = "forfeited"
    REINSTATED = "reinstated"
    TAKEN_BACK = "taken-back"


_LINES = {
    (AccountKind.ISSUED, AccountKind.OPEN): Line.GRANTED,
    (AccountKind.OPEN, AccountKind.USED): Line.REDEEMED,
    (AccountKind.USED, AccountKind.OPEN): Line.RETURNED,
    (AccountKind.FORFEITED, AccountKind.OPEN): Line.RETURNED,
    (AccountKind.USED, AccountKind.FORFEITED): Line.FORFEITED,
    (AccountKind.FORFEITED, AccountKind.USED): Line.REINSTATED,
    (AccountKind.OPEN, AccountKind.ISSUED): Line.TAKEN_BACK,
}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One step: ``change`` credits more or fewer to use, and ``left`` of this grant after it.

    ``happened_on`` is the day it counts from, ``recorded_at`` when it became known. ``cause`` is what used
    or gave back a credit ("appointment:…"), or blank. ``lent``: it was for somebody else, with leave.
    """

    line: Line
    grant_id: UUID
    sale_id: UUID
    name: str
    change: int
    left: int
    cause: str
    happened_on: date
    recorded_at: datetime
    lent: bool = False


def statement(
    *,
    client_id: UUID,
    grant_id: UUID | None = None,
    known_at: datetime | None = None,
    as_client: bool = False,
) -> list[StatementLine]:
    """Return every step of a client's credits (or of one grant's), in the order in which it became known.

    The ``left`` of a grant's last line is its balance. As known at an instant, or now. ``as_client``: without what is
    hidden from the client's own log-in, and of what was lent only that it went and came back, on the day of that: how the
    other's appointment went, and when it is, is not theirs to read. Three statements.
    """
    theirs = Grant.objects.filter(client=client_id)
    grants = {
        str(grant.pk): grant
        for grant in (shown_only(theirs) if as_client else theirs)
        .filter(Q(pk=grant_id) if grant_id else Q())
        .select_related("sale")
    }
    loans = set(
        Redemption.objects.filter(grant__in=list(grants.values()), lent=True).values_list(
            "grant", "cause"
        )
    )
    left: dict[str, int] = defaultdict(int)
    lines = []
    for movement in _movements(list(grants), known_at):
        source, target = movement.from_account, movement.to_account
        line = _LINES[AccountKind(source.kind), AccountKind(target.kind)]
        key = source.key or target.key
        change = movement.amount * (
            (target.kind == AccountKind.OPEN) - (source.kind == AccountKind.OPEN)
        )
        left[key] += change
        grant, cause = grants[key], _cause(movement.cause)
        is_lent = (grant.pk, cause) in loans
        if is_lent and as_client and not change:
            continue
        known_on = movement.recorded_at.date()
        lines.append(
            StatementLine(
                line=line,
                grant_id=grant.pk,
                sale_id=grant.sale_id,
                name=grant.sale.name,
                change=change,
                left=left[key],
                cause=cause,
                happened_on=known_on if is_lent and as_client else movement.happened_on,
                recorded_at=movement.recorded_at,
                lent=is_lent,
            )
        )
    return lines


def _movements(keys: list[str], known_at: datetime | None) -> list[Movement]:
    """Return the movements of these grants' accounts; each has one of them on one side at least."""
    kinds = [AccountKind.OPEN, AccountKind.USED, AccountKind.FORFEITED]
    of_grants = Q(from_account__key__in=keys, from_account__kind__in=kinds) | Q(
        to_account__key__in=keys, to_account__kind__in=kinds
    )
    known = Q(recorded_at__lte=known_at) if known_at else Q()
    return list(
        Movement.objects.filter(of_grants, known)
        .select_related("from_account", "to_account")
        .order_by("recorded_at", "pk")
    )


def _cause(text: str) -> str:
    """Return what a movement was for, without which step of it; a sale's own movements are for nothing else."""
    if text.startswith("sale:"):
        return ""
    return text.rsplit(":", 2)[0]
