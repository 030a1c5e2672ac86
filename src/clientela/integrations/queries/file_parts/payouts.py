"""Markers that a person set, shares, statements and what corrects them, as entries."""

from __future__ import annotations

from typing import Literal, TypedDict

from clientela.booking.models import Attribution, MarkerPolicyChoice
from clientela.integrations.business_file.payouts import (
    AdjustmentEntry,
    CommissionEntry,
    MarkerCorrectionEntry,
    MarkerPolicyEntry,
    MarkersEntry,
    PayoutsEntry,
    StatementEntry,
    StatementLineEntry,
)
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.payouts.models import Adjustment, CommissionRule, Statement, StatementLine
from clientela.rules.attribution import MarkerPolicy, MarkerReason


class PayoutParts(TypedDict):
    """The sections."""

    markers: MarkersEntry
    payouts: PayoutsEntry


def payout_parts(keys: RowKeys) -> PayoutParts:
    """Return what makes the markers again, and what was agreed and settled, in the order it was."""
    statements = list(Statement.objects.order_by("closed_at", "id"))
    names = {one.pk: f"statement-{number}" for number, one in enumerate(statements, 1)}
    return PayoutParts(
        markers=MarkersEntry(policies=_policies(), corrections=_corrections(keys)),
        payouts=PayoutsEntry(
            commissions=_commissions(keys),
            statements=[
                StatementEntry(
                    key=names[one.pk],
                    professional=keys.occupiable[one.professional_id],
                    first_on=one.first_on,
                    last_on=one.last_on,
                    currency=one.currency,
                    closed_at=one.closed_at,
                    lines=_lines(one, keys),
                )
                for one in statements
            ],
            adjustments=[
                AdjustmentEntry(
                    professional=keys.occupiable[one.professional_id],
                    appointment=keys.appointments[one.appointment_id],
                    of=names[one.of_statement_id],
                    taken_up_by=names[one.line.statement_id] if hasattr(one, "line") else None,
                    cause=one.cause,
                    newness=as_newness(one.newness),
                    share=one.share,
                    basis_minor=one.basis_minor,
                    was_minor=one.was_minor,
                    is_minor=one.is_minor,
                    made_at=one.made_at,
                )
                for one in Adjustment.objects.select_related("line").order_by("made_at", "id")
            ],
        ),
    )


def as_newness(word: str) -> Literal["new", "returning"]:
    """Return one of the two words, as the file's form has them."""
    return "new" if word == "new" else "returning"


def _policy(word: str) -> Literal["one-person", "channel-strict"]:
    return "channel-strict" if word == MarkerPolicy.CHANNEL_STRICT else "one-person"


def _policies() -> list[MarkerPolicyEntry]:
    rows = MarkerPolicyChoice.objects.order_by("since", "id")
    return [MarkerPolicyEntry(policy=_policy(one.policy), since=one.since) for one in rows]


def _corrections(keys: RowKeys) -> list[MarkerCorrectionEntry]:
    """Those that hold: a correction that was taken back is history."""
    newest = {one.appointment_id: one for one in Attribution.objects.order_by("number")}
    return [
        MarkerCorrectionEntry(
            appointment=keys.appointments[one.appointment_id],
            to=as_newness(one.value),
            ground=one.facts["ground"],
            said_at=one.at,
        )
        for one in sorted(newest.values(), key=lambda row: (row.at, row.pk))
        if one.reason == MarkerReason.RECLASSIFIED
    ]


def _commissions(keys: RowKeys) -> list[CommissionEntry]:
    return [
        CommissionEntry(
            service=keys.services[one.service_id] if one.service_id else None,
            professional=keys.occupiable[one.professional_id] if one.professional_id else None,
            new_share=one.new_share,
            returning_share=one.returning_share,
            valid_from=one.valid_from,
            made_at=one.made_at,
        )
        for one in CommissionRule.objects.order_by("number")
    ]


def _lines(statement: Statement, keys: RowKeys) -> list[StatementLineEntry]:
    rows = StatementLine.objects.filter(statement=statement, adjustment__isnull=True)
    return [
        StatementLineEntry(
            appointment=keys.appointments[one.appointment_id],
            on=one.on,
            basis_minor=one.basis_minor,
            newness=as_newness(one.newness),
            share=one.share,
            commission=one.rule.number if one.rule else None,
            amount_minor=one.amount_minor,
        )
        for one in rows.select_related("rule").order_by("on", "appointment__promised_local", "id")
    ]
