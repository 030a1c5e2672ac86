"""The staff say whose a row is that nothing attributed when two cards were parted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.attribute_rows import follow
from clientela.people.actions.hold_cards import hold_joining, hold_with_others
from clientela.people.actions.return_rows import hand_over
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.errors import AlreadyAnswered, CannotPart
from clientela.people.models import Client, PartingQuestion
from clientela.people.movers import Mover, movers
from clientela.people.partings import parting, partings
from clientela.people.queries.merge_path import merge_path
from clientela.people.queries.resolve import resolve
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope


def answer_parting_question(
    *, question: PartingQuestion, is_absorbed: bool, by: Actor, now: datetime
) -> PartingQuestion:
    """Give the row to the card that was parted off (``is_absorbed``), or leave it; what belongs to it goes along.

    The card meant is the one that stands for it today. Refuses ``AlreadyAnswered``, and ``CannotPart``
    (``row-gone``) where the row has left both cards meanwhile, or (``card-gone``) would go to one that was forgotten.
    """
    with business_scope(question.business_id), transaction.atomic():
        hold_joining(business_id=question.business_id)
        question = (
            PartingQuestion.objects.select_for_update().select_related("merge").get(pk=question.pk)
        )
        if question.decided_at is not None:
            raise AlreadyAnswered
        merge = question.merge
        chosen, other = resolve(merge.absorbed_id), resolve(merge.survivor_id)
        if not is_absorbed:
            chosen, other = other, chosen
        held = hold_with_others(cards={chosen, other})
        _move(question, to=held[chosen], off=held[other], now=now)
        question.decided_for = held[chosen]
        question.decided_at = now
        question.decided_by_id = by.account_id
        question.save(update_fields=["decided_for", "decided_at", "decided_by_id"])
        audit_note(
            action="parting-answered",
            subject=held[chosen],
            by=by,
            now=now,
            details={"table": question.of_table, "row": str(question.row_id)},
        )
    return question


def _move(question: PartingQuestion, *, to: Client, off: Client, now: datetime) -> None:
    """Let the row lead to the card, and what follows it."""
    mover = mover_of(question)
    row = mover.model._default_manager.filter(pk=question.row_id).first()
    stands = getattr(row, mover.key.attname, None)
    if stands not in {to.pk, off.pk}:
        raise CannotPart("row-gone")
    if stands == to.pk:
        return
    if to.erased_at is not None:
        raise CannotPart("card-gone")
    by_table = {(one.table, one.column): one for one in movers()}
    path = merge_path(question.merge)
    with parting(card=to, from_=off, now=now):
        hand_over(mover, ids=[question.row_id], to=to, path=path)
        for after in partings():
            if after.how == "follows":
                follow(
                    parting=after,
                    mover=by_table[after.table, after.column],
                    to=to,
                    off=off,
                    path=path,
                )
    for one in (to, off):
        refresh_card_text(client=one)


def mover_of(question: PartingQuestion) -> Mover:
    """Return how the rows of the question's table follow their card."""
    return next(
        one for one in movers() if not one.stays and one.model._meta.db_table == question.of_table
    )
