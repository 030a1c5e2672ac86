"""Two cards that were one are two again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.accounts.models import Account
from clientela.people.actions.attribute_rows import attribute_rows
from clientela.people.actions.decide_pair import decide_pair
from clientela.people.actions.hold_cards import hold_joining, hold_with_others
from clientela.people.actions.return_rows import return_rows
from clientela.people.actions.return_values import return_values
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.errors import CannotPart
from clientela.people.events import ClientsParted
from clientela.people.models import Client, Merge, MergeRow, PairVerdict
from clientela.people.partings import parting
from clientela.people.queries.merge_path import merge_path
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope


@dataclass(frozen=True, slots=True)
class Parted:
    """What came of an un-merge.

    ``returned`` rows went back, ``attributed`` ones were born since and went along, ``questions`` are put to the
    staff; ``kept`` values were changed since and stayed as they are. ``log_in`` says whether the card has one again.
    """

    merge: Merge
    returned: int
    attributed: int
    questions: int
    kept: int
    log_in: bool


def unmerge_clients(*, merge: Merge, because: str = "staff", by: Actor, now: datetime) -> Parted:
    """Let the two cards of a merge be two again, however long ago and whatever happened since.

    What came with the card goes back to it, if it was not changed since; what was born since goes to whom the
    identity that made it belongs, or is put to the staff. A log-in that left comes back, unless it has another card
    here by now. Credits that crossed from one to the other are given back. The pair is written down as different
    people. Merges may be undone in any order: where the survivor was itself taken up, the card parts from the one
    that stands for both today. Refuses ``CannotPart`` (``already-parted``).
    """
    with business_scope(merge.business_id), transaction.atomic():
        hold_joining(business_id=merge.business_id, log_ins=[merge.absorbed_account_id])
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if merge.undone_at is not None:
            raise CannotPart
        path = merge_path(merge)
        held = hold_with_others(cards={merge.absorbed_id, *(one.survivor_id for one in path)})
        card, top = held[merge.absorbed_id], held[path[-1].survivor_id]
        failpoint("people.unmerge-clients.held")
        with parting(card=card, from_=top, now=now):
            log_in = _stand_again(card, path=path)
            returned, left = return_rows(path=path, card=card, top=top)
            failpoint("people.unmerge-clients.returned")
            kept = left + return_values(path=path, card=card)
            attributed, questions = attribute_rows(path=path, card=card, top=top)
            # What it hid is its owner's again, and may be spent as soon as the credits are settled.
            Merge.objects.filter(pk=merge.pk).update(hides=False)
        done = Parted(merge, returned, attributed, questions, kept, log_in=log_in)
        _close(done, cards=[*held.values()], because=because, by=by, now=now)
        failpoint("people.unmerge-clients.before-commit")
    return done


def _stand_again(card: Client, *, path: list[Merge]) -> bool:
    """Let the card stand for itself; its log-in comes back if it still is one and has no other card here.

    A card whose person was forgotten meanwhile stays forgotten.
    """
    MergeRow.objects.filter(
        merge__in=path[1:],
        of_table=Client._meta.db_table,
        of_column="merged_into_id",
        row_id=card.pk,
    ).delete()
    account_id = path[0].absorbed_account_id
    card.merged_into = None
    card.merged_at = None
    if account_id is not None and may_have(card=card, account_id=account_id):
        card.account_id = account_id
    card.save(update_fields=["merged_into", "merged_at", "account"])
    return card.account_id is not None


def may_have(*, card: Client, account_id: UUID) -> bool:
    """Whether the log-in can stand on the card: neither is gone or absorbed, and it has no other card here."""
    if card.erased_at is not None or card.merged_into_id is not None:
        return False
    taken = Client.objects.filter(business=card.business_id, account=account_id).exists()
    return not taken and Account.objects.filter(pk=account_id, is_active=True).exists()


def _close(done: Parted, *, cards: list[Client], because: str, by: Actor, now: datetime) -> None:
    """Write down that it is undone and by whom; say so to whoever listens."""
    merge = done.merge
    merge.undone_at = now
    merge.undone_by = by.kind.value
    merge.undone_by_account_id = by.account_id
    merge.hides = False
    merge.refuse_nonce = merge.refuse_digest = ""
    merge.save(
        update_fields=[
            "undone_at",
            "undone_by",
            "undone_by_account_id",
            "hides",
            "refuse_nonce",
            "refuse_digest",
        ]
    )
    for one in cards:
        one.refresh_from_db()
        refresh_card_text(client=one)
    card = next(one for one in cards if one.pk == merge.absorbed_id)
    for other in cards:
        if other.pk == merge.survivor_id or (other.pk != card.pk and not other.merged_into_id):
            decide_pair(
                first=card,
                second=other,
                verdict=PairVerdict.DIFFERENT,
                because="parted",
                by=by,
                now=now,
            )
    counts = {
        "returned": done.returned,
        "attributed": done.attributed,
        "questions": done.questions,
        "kept": done.kept,
    }
    audit_note(
        action="cards-parted",
        subject=card,
        by=by,
        now=now,
        reason=because,
        details={"from": str(merge.survivor_id), "merge": str(merge.pk), **counts},
    )
    event = ClientsParted(
        business_id=merge.business_id,
        merge_id=merge.pk,
        survivor_id=merge.survivor_id,
        absorbed_id=merge.absorbed_id,
    )
    record(event, now=now)
