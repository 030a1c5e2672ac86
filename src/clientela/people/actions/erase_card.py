"""Forget the person of a card."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from clientela.people.actions.refresh_keys import forget_likeness
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.card_text import card_text
from clientela.people.erasers import card_erasers, hold_for_erasing
from clientela.people.events import CardsErased
from clientela.people.models import CardAnswer, Client, Identifier, Merge, MergeRow, NotifyBy
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope


def erase_card(*, card: Client, because: str, by: Actor, now: datetime) -> None:
    """Take everything personal off a card and what hangs on it, in one transaction; the rows and their sums stay.

    What is ahead is cancelled first. Cards that this one took up are forgotten with it. ``because`` is a word for the
    trail. A card that is erased already is left as it is. What staff joined to it of another log-in, and its mailbox
    could still refuse, is parted from it first: nobody erases what they may not even see.
    """
    _part_hidden(card, by=by, now=now)
    with business_scope(card.business_id), transaction.atomic():
        standing = hold_for_erasing(card=card, now=now)
        if standing is None or standing.erased_at is not None:
            return
        taken_up = Client.objects.filter(merged_into=standing, erased_at__isnull=True)
        forgotten = [*taken_up.order_by("pk"), standing]
        for one in forgotten:
            for forget in card_erasers():
                forget(card=one, now=now)
            _forget(one, now=now)
        ids = tuple(one.pk for one in forgotten)
        record(CardsErased(business_id=card.business_id, client_ids=ids), now=now)
        failpoint("people.erase-card.before-commit")
        audit.note(
            action="card-erased",
            subject=standing,
            by=by,
            now=now,
            details={"because": because},
        )


def _part_hidden(card: Client, *, by: Actor, now: datetime) -> None:
    with business_scope(card.business_id):
        mine = Q(survivor=card) | Q(survivor__merged_into=card)
        for merge in Merge.objects.filter(mine, hides=True, undone_at__isnull=True).order_by("-pk"):
            unmerge_clients(merge=merge, because="erasing", by=by, now=now)


def pseudonym(card: Client) -> str:
    """What stands where the name was: two erased clients can be told apart, and nobody is named."""
    return f"#{card.pk.hex[-6:].upper()}"


def _forget(card: Client, *, now: datetime) -> None:
    Identifier.objects.filter(client=card).delete()
    CardAnswer.objects.filter(client=card).delete()
    forget_likeness(ids=[card.pk])
    # What a merge moved must be undoable; what was personal in it must not come back: neither what was written on this
    # card, nor what was written of it on another from which it was parted since.
    written = Q(row_id=card.pk) | Q(merge__absorbed=card, of_table=Client._meta.db_table)
    MergeRow.objects.filter(written).exclude(
        of_column__in=("merged_into_id", "bound_to_id")
    ).delete()
    Merge.objects.filter(Q(survivor=card) | Q(absorbed=card)).update(evidence="")
    audit.forget_reasons(subject_type=Client._meta.label, subject_ids=[card.pk])
    name = pseudonym(card)
    Client.objects.filter(pk=card.pk).update(
        account=None,
        record_name=name,
        search_text=card_text(name=name, values=()),
        language="",
        zone="",
        birthday=None,
        note="",
        notify_by=NotifyBy.NONE,
        bound_to=None,
        is_provisional=False,
        login_email="",
        welcome_nonce="",
        welcome_digest="",
        erased_at=now,
    )
