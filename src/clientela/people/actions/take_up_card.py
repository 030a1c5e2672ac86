"""One card becomes part of another of the same business."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.people.actions.update_client import refresh_card_text
from clientela.people.errors import CannotTakeUp
from clientela.people.joiners import joining
from clientela.people.models import Client, Identifier, Merge, MergeRow, Proof
from clientela.people.movers import Mover, movers
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope

_BLANKS: Final = ("language", "zone", "birthday", "bound_to_id")
_NOTE_LIMIT: Final = 10_000
_BATCH: Final = 500


def take_up_card(*, card: Client, into: Client, proof: Proof, by: Actor, now: datetime) -> Merge:
    """Let ``into`` take up ``card``: its rows move, it stays as a tombstone that points at ``into``.

    Every value that moved is kept in the merge, so that it can be put back. What ``into`` says wins; its blanks
    are filled, the notes are joined. Refuses ``CannotTakeUp``: ``same-card``, ``another-business``,
    ``card-gone`` (either was taken up or erased), ``two-log-ins`` (``card`` has an account of its own, which only
    both owners can join).
    """
    with business_scope(into.business_id), transaction.atomic():
        card, into = _both(card=card, into=into)
        merge = Merge.objects.create(
            business_id=into.business_id,
            survivor=into,
            absorbed=card,
            proof=proof,
            by=by.kind.value,
            by_account_id=by.account_id,
            at=now,
        )
        with joining(card=card, into=into, now=now):
            changed = [*_move_rows(card=card, into=into), *_fill_blanks(card=card, into=into)]
        MergeRow.objects.bulk_create(
            (MergeRow(business_id=into.business_id, merge=merge, **row) for row in changed),
            batch_size=_BATCH,
        )
        _close(card, into=into, now=now)
        refresh_card_text(client=into)
        audit_note(
            action="card-taken-up",
            subject=into,
            by=by,
            now=now,
            reason=proof.value,
            details={"absorbed": str(card.pk), "merge": str(merge.pk), "values": len(changed)},
        )
    return merge


def _both(*, card: Client, into: Client) -> tuple[Client, Client]:
    """Lock both cards, and read what they are now.

    In the order in which a guest's booking holds them, so that neither waits for the other in a ring.
    """
    if card.pk == into.pk:
        raise CannotTakeUp("same-card")
    if card.business_id != into.business_id:
        raise CannotTakeUp("another-business")
    rows = living_cards().filter(pk__in=(card.pk, into.pk)).order_by("created_at", "id")
    found = {row.pk: row for row in rows.select_for_update()}
    if len(found) < len((card, into)):
        raise CannotTakeUp
    if found[card.pk].account_id is not None:
        raise CannotTakeUp("two-log-ins")
    return found[card.pk], found[into.pk]


def _move_rows(*, card: Client, into: Client) -> Iterator[dict[str, object]]:
    """Repoint what follows its card, as every app registered it."""
    for mover in movers():
        if mover.stays:
            continue
        ids = _that_move(mover, card=card, into=into)
        if mover.table == Identifier._meta.label:
            yield from _hush(ids, into=into)
        rows = mover.model._default_manager.filter(pk__in=ids)
        rows.update(**{mover.column: into})
        for row_id in ids:
            yield _row(mover.model._meta.db_table, row_id, mover.key.column, card.pk, into.pk)


def _that_move(mover: Mover, *, card: Client, into: Client) -> list[UUID]:
    """Return the ids of a mover's rows at ``card``, but those whose like ``into`` has already."""
    rows = mover.model._default_manager.filter(**{mover.column: card})
    if not mover.beside:
        return list(rows.values_list("pk", flat=True))
    there = mover.model._default_manager.filter(**{mover.column: into})
    taken = set(there.values_list(*mover.beside))
    return [
        pk for pk, *values in rows.values_list("pk", *mover.beside) if tuple(values) not in taken
    ]


def _hush(ids: list[UUID], *, into: Client) -> Iterator[dict[str, object]]:
    """Let contacts that come along take no messages where the survivor has one of the kind that does.

    Otherwise the older of the two would become the address that messages go to, and nobody chose that.
    """
    heard = Identifier.objects.filter(client=into, for_notifications=True).values("kind")
    loud = Identifier.objects.filter(pk__in=ids, for_notifications=True, kind__in=heard)
    quiet = list(loud.values_list("pk", flat=True))
    Identifier.objects.filter(pk__in=quiet).update(for_notifications=False)
    table = Identifier._meta.db_table
    for row_id in quiet:
        yield _row(table, row_id, "for_notifications", "true", "false")


def _fill_blanks(*, card: Client, into: Client) -> Iterator[dict[str, object]]:
    """Give the survivor what only the other card said; a joined note is kept as the lengths of before and after."""
    table = Client._meta.db_table
    changed = [name for name in _BLANKS if getattr(card, name) and not getattr(into, name)]
    for name in changed:
        setattr(into, name, getattr(card, name))
        yield _row(table, into.pk, name, "", getattr(card, name))
    if card.note:
        before = len(into.note)
        into.note = "\n\n".join(filter(None, (into.note, card.note)))[:_NOTE_LIMIT]
        changed.append("note")
        yield _row(table, into.pk, "note", f"{before} characters", f"{len(into.note)} characters")
    into.save(update_fields=changed)


def _close(card: Client, *, into: Client, now: datetime) -> None:
    """Turn the card into a tombstone: found by its id only, and pointing at the survivor."""
    card.merged_into = into
    card.merged_at = now
    card.is_provisional = False
    card.welcome_nonce = card.welcome_digest = ""
    card.save(
        update_fields=[
            "merged_into",
            "merged_at",
            "is_provisional",
            "welcome_nonce",
            "welcome_digest",
        ]
    )


def _row(table: str, row_id: UUID, column: str, before: object, after: object) -> dict[str, object]:
    return {
        "of_table": table,
        "row_id": row_id,
        "of_column": column,
        "value_before": str(before),
        "value_after": str(after),
    }
