"""Close a professional's period: what it says then stands for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from clientela.business.models import Professional
from clientela.ledger.queries.business_day import business_day
from clientela.payouts.errors import ClosingRefused
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.drafts import Draft, Visit, drafts, settled_until
from clientela.payouts.queries.earned import day_of_visit
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock

_BATCH = 500


def payout_keys(professional: Professional) -> list[str]:
    """Return what is locked by whoever settles or corrects a professional's visits, the rules beside it."""
    return [f"payouts:{professional.pk}", f"commissions:{professional.business_id}"]


def close_statement(
    *,
    professional: Professional,
    last_on: date,
    currency: str,
    digest: str = "",
    by: Actor,
    now: datetime,
) -> Statement:
    """Settle all that was attended up to ``last_on``, with the corrections that wait, and never change it again.

    ``digest`` is that of the draft that was read. Refuses ``ClosingRefused``: the day is not over at the business, was
    settled before, there is nothing to settle, for some visit nothing was agreed, or it is not any more what was read.
    """
    business_id = professional.business_id
    with transaction.atomic():
        lock(keys=payout_keys(professional))
        if last_on >= business_day(business_id=business_id, now=now):
            raise ClosingRefused("period-not-over", field="last_on")
        settled = settled_until(business_id=business_id, professional_id=professional.pk)
        every = drafts(business_id=business_id, professional_ids=[professional.pk], last_on=last_on)
        draft = every.get((professional.pk, currency))
        if draft is None or draft.is_empty:
            is_over = settled is not None and last_on <= settled
            raise ClosingRefused("already-closed" if is_over else "nothing-earned")
        if draft.last_on != last_on:
            raise ClosingRefused("already-closed", field="last_on")
        if digest and digest != draft.digest:
            raise ClosingRefused("statement-changed")
        if draft.without_rule:
            raise ClosingRefused("commission-missing", number=len(draft.without_rule))
        statement = _write(draft, professional, by=by, now=now)
        failpoint("payouts.close.before-commit")
    return statement


def _write(draft: Draft, professional: Professional, *, by: Actor, now: datetime) -> Statement:
    statement = Statement.objects.create(
        business_id=professional.business_id,
        professional=professional,
        first_on=draft.first_on,
        last_on=draft.last_on,
        currency=draft.currency,
        visits_minor=draft.visits_minor,
        adjustments_minor=draft.adjustments_minor,
        total_minor=draft.total_minor,
        closed_at=now,
        by_account_id=by.account_id,
    )
    StatementLine.objects.bulk_create(_lines(draft, statement), batch_size=_BATCH)
    note(
        action="statement-closed",
        subject=statement,
        by=by,
        now=now,
        details={
            "professional": str(professional.pk),
            "last_on": draft.last_on,
            "visits": len(draft.visits),
            "adjustments": len(draft.adjustments),
        },
    )
    return statement


def _lines(draft: Draft, statement: Statement) -> Iterator[StatementLine]:
    for visit in draft.visits:
        yield _visit_line(visit, statement)
    for one in draft.adjustments:
        yield _adjustment_line(one, statement)


def _visit_line(visit: Visit, statement: Statement) -> StatementLine:
    earned = visit.earned
    return StatementLine(
        business_id=statement.business_id,
        statement=statement,
        professional_id=statement.professional_id,
        appointment=visit.appointment,
        on=earned.on,
        basis_minor=earned.basis_minor,
        newness=earned.newness.value,
        marker=earned.marker,
        share=earned.share,
        rule_id=earned.rule,
        amount_minor=earned.amount_minor,
    )


def _adjustment_line(one: Adjustment, statement: Statement) -> StatementLine:
    return StatementLine(
        business_id=statement.business_id,
        statement=statement,
        professional_id=statement.professional_id,
        appointment=one.appointment,
        adjustment=one,
        on=day_of_visit(one.appointment),
        basis_minor=one.basis_minor,
        newness=one.newness,
        marker=0,
        share=one.share,
        amount_minor=one.amount_minor,
    )
