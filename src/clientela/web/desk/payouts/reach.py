"""Whose money a member of the staff may see: an owner everybody's, a professional their own."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from clientela.business.models import Professional
from clientela.payouts.models import Statement
from clientela.web.desk.staff import Desk


def earners(desk: Desk) -> QuerySet[Professional]:
    """Return the professionals whose payouts this person reaches."""
    rows = Professional.objects.filter(business=desk.business).select_related("resource")
    return rows if desk.is_owner else rows.filter(pk=desk.own.pk if desk.own else None)


def earner(desk: Desk, professional_id: UUID) -> Professional:
    """Return one of them; anybody else does not exist."""
    found = earners(desk).filter(pk=professional_id).first()
    if found is None:
        raise Http404
    return found


def statements(desk: Desk) -> QuerySet[Statement]:
    """Return the closed statements this person reaches, the latest first."""
    rows = Statement.objects.filter(
        business=desk.business, professional__in=earners(desk).values("pk")
    )
    return rows.select_related("professional__resource").order_by("-last_on", "-closed_at", "id")


def closed(desk: Desk, statement_id: UUID) -> Statement:
    """Return one of them; anything else does not exist."""
    found = statements(desk).filter(pk=statement_id).first()
    if found is None:
        raise Http404
    return found
