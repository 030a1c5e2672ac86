"""One card becomes part of another of the same business."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Model, QuerySet

from clientela.business.plain_text import line
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.actions.keep_merge_rows import Changed, keep_changed, keep_moved
from clientela.people.actions.refresh_keys import forget_likeness
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.errors import CannotTakeUp, EvidenceMissing, PlanChanged
from clientela.people.events import ClientsMerged
from clientela.people.joiners import joining
from clientela.people.models import Client, Identifier, Merge, MergeRow, Proof
from clientela.people.movers import Mover
from clientela.people.queries.common_wishes import common_wishes
from clientela.people.queries.merge_by_refusal import PURPOSE
from clientela.people.queries.merge_plan import BLANKS, REFUSABLE_FOR, MergePlan, merge_plan
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope

NOTE_LIMIT: Final = 10_000
BETWEEN_NOTES: Final = "\n\n"


def merge_clients(
    *,
    card: Client,
    into: Client,
    proof: Proof,
    plan_digest: str = "",
    evidence: str = "",
    by: Actor,
    now: datetime,
) -> Merge:
    """Let ``into`` take up ``card``: its rows move, it stays as a tombstone that points at ``into``.

    Every value that moved is kept, so that it can be put back (``unmerge_clients``). What ``into`` says wins; its
    blanks are filled, the notes are joined, and of what the two want to hear the lesser holds. On ``Proof.STAFF`` a
    log-in of ``card`` leaves it: its mailbox is told, and what came along stays hidden from the client for 72 hours
    (``queries/hidden_rows.py``); the staff's ``evidence`` is then asked for.

    ``plan_digest`` is that of the ``merge_plan`` that the staff were shown; where the person themselves, or both
    owners, say it is theirs, none was shown and none is asked for.
    Refuses ``CannotTakeUp`` with the word of ``refusal_of``, ``PlanChanged`` and ``EvidenceMissing``.
    """
    with business_scope(into.business_id), transaction.atomic():
        card, into = _both(card=card, into=into, proof=proof)
        plan = merge_plan(card=card, into=into, proof=proof, now=now)
        said = _checked(plan, proof=proof, shown=plan_digest, evidence=evidence)
        failpoint("people.merge-clients.held")
        merge = _begun(card, into, plan=plan, proof=proof, evidence=said, by=by, now=now)
        with joining(card=card, into=into, now=now):
            # The log-in goes first: while it stood on both, neither would be a tombstone.
            changed = [*_close(card, into=into, now=now)]
            _move_rows(merge, plan, card=card, into=into)
            failpoint("people.merge-clients.moved")
            changed += _hush(plan, into=into, hides=plan.hides)
            changed += _speak_for_both(card=card, into=into, hides=plan.hides)
            keep_changed(merge=merge, changed=changed)
        refresh_card_text(client=into)
        forget_likeness(ids=[card.pk])
        values = len(changed) + plan.total
        details = {"absorbed": str(card.pk), "merge": str(merge.pk), "values": values}
        audit_note(
            action="card-taken-up",
            subject=into,
            by=by,
            now=now,
            reason=proof.value,
            details=details,
        )
        record(_event(merge), now=now)
        failpoint("people.merge-clients.before-commit")
    return merge


def _both(*, card: Client, into: Client, proof: Proof) -> tuple[Client, Client]:
    """Hold both cards and read what they are now."""
    if card.pk == into.pk:
        raise CannotTakeUp("same-card")
    if card.business_id != into.business_id:
        raise CannotTakeUp("another-business")
    # On the person's own word, or the owners', who asks holds their cards already.
    log_ins = [card.account_id] if proof == Proof.STAFF else []
    hold_joining(business_id=into.business_id, log_ins=log_ins)
    held = hold_cards(cards=(card.pk, into.pk))
    if {card.pk, into.pk} - held.keys():
        raise CannotTakeUp
    return held[card.pk], held[into.pk]


def _checked(plan: MergePlan, *, proof: Proof, shown: str, evidence: str) -> str:
    """Return the evidence as it is kept; refuse what cannot be, what was not shown, and what nobody vouches for."""
    if plan.refusal is not None:
        raise CannotTakeUp(plan.refusal)
    if proof == Proof.STAFF and shown != plan.digest:
        raise PlanChanged
    said = line(evidence, limit=1000)
    if plan.hides and not said:
        raise EvidenceMissing(field="evidence")
    return said


def _begun(
    card: Client,
    into: Client,
    *,
    plan: MergePlan,
    proof: Proof,
    evidence: str,
    by: Actor,
    now: datetime,
) -> Merge:
    nonce = links.new_nonce() if plan.hides else ""
    token = links.derive(purpose=PURPOSE, nonce=nonce) if nonce else ""
    until = now + REFUSABLE_FOR if plan.hides else None
    return Merge.objects.create(
        business_id=into.business_id,
        survivor=into,
        absorbed=card,
        proof=proof,
        by=by.kind.value,
        by_account_id=by.account_id,
        at=now,
        evidence=evidence,
        plan_digest=plan.digest,
        absorbed_account_id=card.account_id,
        hides=plan.hides,
        shown_from=until,
        refuse_nonce=nonce,
        refuse_digest=links.digest(token) if token else "",
        refusable_until=until,
    )


def _move_rows(merge: Merge, plan: MergePlan, *, card: Client, into: Client) -> None:
    """Repoint what follows its card, as every app registered it: written down first, then moved by what is written."""
    for mover, ids in plan.ids.items():
        if not ids:
            continue
        keep_moved(
            merge=merge,
            table=mover.model._meta.db_table,
            column=mover.key.column,
            ids=ids,
            before=card.pk,
            after=into.pk,
        )
        _rows(mover, merge).update(**{mover.column: into})
        failpoint("people.merge-clients.between")


def _rows(mover: Mover, merge: Merge) -> QuerySet[Model]:
    """Return the rows that the merge has just written down: no other, whatever came meanwhile."""
    written = MergeRow.objects.filter(
        merge=merge, of_table=mover.model._meta.db_table, of_column=mover.key.column
    )
    return mover.model._default_manager.filter(pk__in=written.values("row_id"))


def _hush(plan: MergePlan, *, into: Client, hides: bool) -> Iterator[Changed]:
    """Let contacts that came along take no messages where the survivor has one of the kind that does.

    Otherwise the older of the two would become the address that messages go to, and nobody chose that. What is
    hidden takes none at all: the survivor's messages would reach a mailbox that may be somebody else's.
    """
    table = Identifier._meta
    came = [key for mover, ids in plan.ids.items() if mover.table == table.label for key in ids]
    if not came:
        return
    held = Identifier.objects.filter(client=into, for_notifications=True).exclude(pk__in=came)
    loud = Identifier.objects.filter(pk__in=came, for_notifications=True)
    if not hides:
        loud = loud.filter(kind__in=set(held.values_list("kind", flat=True)))
    quiet = list(loud.values_list("pk", flat=True))
    Identifier.objects.filter(pk__in=quiet).update(for_notifications=False)
    for key in quiet:
        yield Changed(table.db_table, key, "for_notifications", before=True, after=False)


def _speak_for_both(*, card: Client, into: Client, hides: bool) -> Iterator[Changed]:
    """Give the survivor what only the other card said, the notes of both, and the lesser of what they want to hear.

    A joined note is kept as the lengths of before and after. What is hidden from the client fills no blank yet.
    """
    table = Client._meta.db_table
    given = common_wishes(card=card, into=into) | ({} if hides else blanks_of(card=card, into=into))
    if card.note:
        given["note"] = BETWEEN_NOTES.join(filter(None, (into.note, card.note)))[:NOTE_LIMIT]
    for name, value in given.items():
        before = getattr(into, name)
        if name == "note":
            yield Changed(table, into.pk, name, note_size(before), note_size(str(value)))
        else:
            yield Changed(table, into.pk, name, before, value)
        setattr(into, name, value)
    into.save(update_fields=list(given))


def note_size(note: str) -> str:
    """Return how a joined note is kept: not its words, which may be personal."""
    return f"{len(note)} characters"


def blanks_of(*, card: Client, into: Client) -> dict[str, object]:
    """Return what ``into`` says nothing of and ``card`` does."""
    return {
        name: getattr(card, name)
        for name in BLANKS
        if getattr(card, name) and not getattr(into, name)
    }


def _close(card: Client, *, into: Client, now: datetime) -> Iterator[Changed]:
    """Turn the card into a tombstone: found by its id only, without a log-in, and pointing at the survivor."""
    if card.is_provisional:
        yield Changed(Client._meta.db_table, card.pk, "is_provisional", before=True, after=False)
    card.account = None
    card.merged_into = into
    card.merged_at = now
    card.is_provisional = False
    card.welcome_nonce = card.welcome_digest = ""
    fields = ("account", "merged_into", "merged_at", "is_provisional")
    card.save(update_fields=[*fields, "welcome_nonce", "welcome_digest"])


def _event(merge: Merge) -> ClientsMerged:
    return ClientsMerged(
        business_id=merge.business_id,
        merge_id=merge.pk,
        survivor_id=merge.survivor_id,
        absorbed_id=merge.absorbed_id,
    )
