"""Make a business out of its file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from clientela.booking.models import Appointment
from clientela.business.file_parts import FileIds, carriers
from clientela.business.models import Business, Resource
from clientela.integrations.actions.file_rows.bookings import insert_bookings
from clientela.integrations.actions.file_rows.cards import insert_cards
from clientela.integrations.actions.file_rows.conversations import insert_conversations
from clientela.integrations.actions.file_rows.households import insert_households
from clientela.integrations.actions.file_rows.merges import (
    insert_merges,
    insert_said_of_pairs,
)
from clientela.integrations.actions.file_rows.money import insert_money
from clientela.integrations.actions.file_rows.offer import insert_offer
from clientela.integrations.actions.file_rows.payouts import insert_markers, insert_payouts
from clientela.integrations.actions.file_rows.premises import insert_business, insert_premises
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.actions.file_rows.staff import insert_staff
from clientela.integrations.actions.file_rows.timetable import insert_timetable
from clientela.integrations.actions.file_rows.waiting import insert_waits
from clientela.integrations.business_file.checking import Checked, check
from clientela.integrations.business_file.copying import copied
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.queries.room_for_file import room_for_file
from clientela.people.models import Client, Consent, Identifier, NotifyBy, Purpose
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.tenancy import business_scope
from clientela.rules.lifecycle import Status
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it: the business's id and slug, and how many rows of each part.

    ``silent``: clients who could be written to, and of whom no word stands that allows it. ``held``: appointments ahead of
    a copy, of which nobody is reminded until an owner switches its messages on.
    """

    business_id: UUID
    slug: str
    counts: Mapping[str, int]
    silent: int = 0
    held: int = 0


def import_business(
    *,
    document: BusinessFile,
    slug: str | None = None,
    dry_run: bool = False,
    by: Actor,
    now: datetime,
) -> Imported:
    """Write the business of a document, or raise ``BadFile`` with every problem and write nothing.

    With ``slug`` it becomes another business: a copy under that address, with ids of its own.
    A dry run does everything, database guards included, and takes it back. Nobody is told anything:
    no event is recorded, no message sent.
    """
    wanted = document if slug is None else copied(document, slug=slug)
    ids = RowIds.of(wanted)
    with transaction.atomic(), business_scope(ids.business):
        checked = check(wanted, now=now, problems=room_for_file(wanted))
        business = _insert(checked, ids=ids, is_copy=slug is not None, now=now)
        counts = _counts(wanted)
        silent = _silent()
        held = _ahead(now) if slug is not None else 0
        note(
            action="business-imported",
            subject=business,
            by=by,
            now=now,
            business_id=business.pk,
            details=counts,
        )
        failpoint("integrations.import.before-commit")
        if dry_run:
            transaction.set_rollback(True)
    return Imported(
        business_id=business.pk, slug=business.slug, counts=counts, silent=silent, held=held
    )


def _silent() -> int:
    """How many clients no message reaches because the file holds no statement of theirs about appointments."""
    spoken = Consent.objects.filter(client=OuterRef("pk"), purpose=Purpose.APPOINTMENTS)
    cards = Client.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
    reachable = cards.exclude(notify_by=NotifyBy.NONE).filter(
        Exists(Identifier.objects.filter(client=OuterRef("pk"), for_notifications=True))
    )
    return reachable.filter(~Exists(spoken)).count()


def _ahead(now: datetime) -> int:
    return Appointment.objects.filter(starts_at__gt=now, status=Status.CONFIRMED.value).count()


def _insert(checked: Checked, *, ids: RowIds, is_copy: bool, now: datetime) -> Business:
    """All rows, from the ground floor up."""
    document = checked.document
    business = insert_business(document, ids=ids, now=now)
    insert_premises(document, ids=ids)
    insert_staff(document, ids=ids, now=now)
    insert_offer(document, ids=ids)
    insert_timetable(document, ids=ids)
    insert_cards(checked, ids=ids, now=now)
    insert_households(document, ids=ids, now=now)
    insert_merges(document, ids=ids)
    insert_said_of_pairs(document, ids=ids)
    insert_conversations(document, ids=ids, now=now)
    # The books come first: what was lent stands, but no leave does, which log-ins say that the file does not hold.
    insert_money(document, ids=ids)
    insert_bookings(checked, ids=ids, now=now)
    insert_waits(checked.document, ids=ids, now=now)
    insert_markers(document, ids=ids, now=now)
    insert_payouts(document, ids=ids)
    for section, carrier in carriers().items():
        part = getattr(document, section).model_dump()
        keys = FileIds(ids.business, ids.services, is_copy=is_copy)
        carrier.kept(part=part, ids=keys, now=now)
    rebuild_open_blocks(resources=Resource.objects.all(), now=now)
    return business


def _counts(document: BusinessFile) -> dict[str, int]:
    return {
        section: len(rows)
        for section in type(document).model_fields
        if isinstance(rows := getattr(document, section), list)
    }
