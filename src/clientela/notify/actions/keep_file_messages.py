"""Write what a business's file says of its messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from clientela.business.file_parts import FileIds
from clientela.notify.models import (
    AddressEvent,
    AddressState,
    MessagePolicy,
    MessageRule,
    MessageTemplate,
)
from clientela.notify.queries.file_messages import ADDRESS_WORDS, EVENT_WORDS, POLICY_WORDS
from clientela.notify.queries.held_copies import appointments_ahead
from clientela.platform.database import require_transaction
from clientela.platform.ids import uuid7


def keep_file_messages(*, part: Mapping[str, Any], ids: FileIds, now: datetime) -> None:
    """Insert the plan, the words, the quiet hours and the states of addresses, in the transaction of the import.

    ``part`` was checked by the file. Nobody is told that appointments came; but of those ahead clients are
    reminded, so the plan counts as changed and the worker plans what waits (``replan_changed``). A copy with
    appointments ahead sends nothing about them until an owner lets it (``switch_messages_on``): the business that it was
    copied from may remind the same people.
    """
    require_transaction("importing")
    policy = {word: part[word] for word in POLICY_WORDS}
    held_since = now if ids.is_copy and appointments_ahead(now=now).exists() else None
    MessagePolicy.objects.update_or_create(
        business_id=ids.business,
        defaults={**policy, "rules_changed_at": now, "held_since": held_since},
    )
    MessageRule.objects.bulk_create(
        MessageRule(**_dated({**row, **_service(row, ids)}, ids.business, "created_at", now))
        for row in part["rules"]
    )
    MessageTemplate.objects.bulk_create(
        MessageTemplate(**_dated(row, ids.business, "changed_at", now)) for row in part["templates"]
    )
    _keep_addresses(part["addresses"], ids.business)


def _keep_addresses(rows: list[dict[str, Any]], business_id: UUID) -> None:
    keyed = [(uuid7(), row) for row in rows]
    AddressState.objects.bulk_create(
        AddressState(id=key, business_id=business_id, **{word: row[word] for word in ADDRESS_WORDS})
        for key, row in keyed
    )
    AddressEvent.objects.bulk_create(
        AddressEvent(
            business_id=business_id,
            state_id=key,
            at=event["said_at"],
            **{word: event[word] for word in EVENT_WORDS},
        )
        for key, row in keyed
        for event in row["events"]
    )


def _service(row: Mapping[str, Any], ids: FileIds) -> dict[str, Any]:
    key = row["service"]
    return {"service": None, "service_id": ids.services[key]} if key else {"service": None}


def _dated(row: Mapping[str, Any], business_id: UUID, column: str, now: datetime) -> dict[str, Any]:
    return {**row, "business_id": business_id, column: row[column] or now}
