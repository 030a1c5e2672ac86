"""What came with a card whose log-in was another is shown to the client, and its credits may be used."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.actions.keep_merge_rows import Changed, keep_changed
from clientela.people.actions.merge_clients import blanks_of
from clientela.people.joiners import showing
from clientela.people.models import Client, Identifier, Merge, MergeRow
from clientela.people.queries.merge_path import merge_path
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope, system_scope

_AT_ONCE: Final = 50


def show_absorbed(*, merge: Merge, because: str, by: Actor, now: datetime) -> bool:
    """End the hiding of what a merge brought, and say whether it did; one that hides nothing changes nothing.

    What waited for it is made good: blanks are filled, contacts of a kind that the survivor has none of take messages
    again, and credits redeem what is pending. ``because`` is ``time`` or ``mailbox``.
    """
    with business_scope(merge.business_id), transaction.atomic():
        hold_joining(business_id=merge.business_id)
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if not merge.hides or merge.undone_at is not None:
            return False
        top_id = merge_path(merge)[-1].survivor_id
        held = hold_cards(cards={merge.absorbed_id, merge.survivor_id, top_id})
        merge.hides = False
        merge.save(update_fields=["hides"])
        _fill(merge, card=held[merge.absorbed_id], into=held[merge.survivor_id])
        _unhush(merge, top=held[top_id])
        showing(client=held[top_id], now=now)
        audit_note(
            action="absorbed-shown",
            subject=held[top_id],
            by=by,
            now=now,
            reason=because,
            details={"merge": str(merge.pk)},
        )
    return True


def show_absorbed_in_time(*, now: datetime) -> int:
    """Show what nobody said "not me" to within its time; return how many merges that were."""
    with system_scope("the hiding of what was absorbed ends in every business"):
        due = list(Merge.objects.filter(hides=True, shown_from__lte=now).order_by("pk")[:_AT_ONCE])
    by = Actor.system("people.show-absorbed")
    return sum(show_absorbed(merge=one, because="time", by=by, now=now) for one in due)


def _fill(merge: Merge, *, card: Client, into: Client) -> None:
    """Give the survivor what only the other card said, now that its person may read it."""
    given = blanks_of(card=card, into=into)
    table = Client._meta.db_table
    keep_changed(
        merge=merge,
        changed=[
            Changed(table, into.pk, name, getattr(into, name), value)
            for name, value in given.items()
        ],
    )
    if given:
        Client.objects.filter(pk=into.pk).update(**given)


def _unhush(merge: Merge, *, top: Client) -> None:
    """Let the oldest contact that came along take messages, of each kind that nothing takes them of."""
    hushed = MergeRow.objects.filter(
        merge=merge, of_table=Identifier._meta.db_table, of_column="for_notifications"
    )
    own = Identifier.objects.filter(client=top)
    heard = set(own.filter(for_notifications=True).values_list("kind", flat=True))
    rows = own.filter(pk__in=hushed.values("row_id")).order_by("created_at", "id")
    for one in rows:
        if one.kind not in heard:
            heard.add(one.kind)
            Identifier.objects.filter(pk=one.pk).update(for_notifications=True)
            hushed.filter(row_id=one.pk).delete()
