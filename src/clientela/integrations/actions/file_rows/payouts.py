"""Markers, shares, statements and their corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from clientela.booking.actions.mark_appointments import keep_correction, mark_imported
from clientela.booking.models import MarkerPolicyChoice
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.payouts import StatementEntry
from clientela.payouts.models import Adjustment, CommissionRule, Statement, StatementLine
from clientela.platform.ids import uuid7
from clientela.rules.attribution import Newness
from clientela.rules.reclassification import Ground


def insert_markers(document: BusinessFile, *, ids: RowIds, now: datetime) -> None:
    """Mark every appointment by the policy of its day; what a person had set is set again."""
    MarkerPolicyChoice.objects.bulk_create(
        MarkerPolicyChoice(business_id=ids.business, policy=entry.policy, since=entry.since)
        for entry in document.markers.policies
    )
    mark_imported(business_id=ids.business, client_ids=ids.clients.values(), now=now)
    appointments = _appointments(document, ids)
    for entry in document.markers.corrections:
        keep_correction(
            appointment_id=appointments[entry.appointment],
            to=Newness(entry.to),
            ground=Ground(entry.ground),
            now=entry.said_at,
        )


def insert_payouts(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert what was agreed and what was settled, as it was."""
    said, business = document.payouts, ids.business
    appointments = _appointments(document, ids)
    rules = CommissionRule.objects.bulk_create(
        CommissionRule(
            business_id=business,
            number=number,
            service_id=entry.service and ids.services[entry.service],
            professional_id=entry.professional and ids.occupiable[entry.professional],
            new_share=entry.new_share,
            returning_share=entry.returning_share,
            valid_from=entry.valid_from,
            made_at=entry.made_at,
        )
        for number, entry in enumerate(said.commissions, 1)
    )
    statements = {entry.key: _statement(entry, document, ids) for entry in said.statements}
    Statement.objects.bulk_create(statements.values())
    adjustments = Adjustment.objects.bulk_create(
        Adjustment(
            id=uuid7(),
            business_id=business,
            professional_id=ids.occupiable[entry.professional],
            appointment_id=appointments[entry.appointment],
            of_statement=statements[entry.of],
            cause=entry.cause,
            newness=entry.newness,
            share=entry.share,
            basis_minor=entry.basis_minor,
            was_minor=entry.was_minor,
            is_minor=entry.is_minor,
            amount_minor=entry.is_minor - entry.was_minor,
            made_at=entry.made_at,
        )
        for entry in said.adjustments
    )
    lines = [
        line
        for entry in said.statements
        for line in _lines(entry, statements[entry.key], rules, appointments)
    ]
    lines += [
        _taken_up(made, statements[entry.taken_up_by], on)
        for made, entry in zip(adjustments, said.adjustments, strict=True)
        if entry.taken_up_by is not None
        for on in [_day_of(document, entry.appointment)]
    ]
    StatementLine.objects.bulk_create(lines)


def _statement(entry: StatementEntry, document: BusinessFile, ids: RowIds) -> Statement:
    visits = sum(line.amount_minor for line in entry.lines)
    corrected = sum(
        one.is_minor - one.was_minor
        for one in document.payouts.adjustments
        if one.taken_up_by == entry.key
    )
    return Statement(
        id=uuid7(),
        business_id=ids.business,
        professional_id=ids.occupiable[entry.professional],
        first_on=entry.first_on,
        last_on=entry.last_on,
        currency=entry.currency,
        visits_minor=visits,
        adjustments_minor=corrected,
        total_minor=visits + corrected,
        closed_at=entry.closed_at,
    )


def _lines(
    entry: StatementEntry,
    statement: Statement,
    rules: list[CommissionRule],
    appointments: dict[str, UUID],
) -> Iterator[StatementLine]:
    for line in entry.lines:
        yield StatementLine(
            business_id=statement.business_id,
            statement=statement,
            professional_id=statement.professional_id,
            appointment_id=appointments[line.appointment],
            on=line.on,
            basis_minor=line.basis_minor,
            newness=line.newness,
            marker=1,
            share=line.share,
            rule=rules[line.commission - 1] if line.commission else None,
            amount_minor=line.amount_minor,
        )


def _taken_up(made: Adjustment, statement: Statement, on: str) -> StatementLine:
    return StatementLine(
        business_id=statement.business_id,
        statement=statement,
        professional_id=statement.professional_id,
        appointment_id=made.appointment_id,
        adjustment=made,
        on=on,
        basis_minor=made.basis_minor,
        newness=made.newness,
        marker=0,
        share=made.share,
        amount_minor=made.amount_minor,
    )


def _day_of(document: BusinessFile, key: str) -> str:
    return next(entry.starts[:10] for entry in document.appointments if entry.key == key)


def _appointments(document: BusinessFile, ids: RowIds) -> dict[str, UUID]:
    pairs = zip(document.appointments, ids.appointments, strict=True)
    return {entry.key: pk for entry, pk in pairs if entry.key}
