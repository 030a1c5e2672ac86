"""What is known of an address itself changes: it stopped, bounced, complained, or may be written to again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.notify.models import AddressEvent, AddressState, Trouble
from clientela.notify.queries.address_states import written_as

# An address that somebody closed on purpose is not opened or softened by what machines find out later.
_ON_PURPOSE: Final = frozenset({Trouble.STOPPED, Trouble.COMPLAINED})
_BY_MACHINE: Final = frozenset({"receipt"})


def change_address_state(
    *,
    business_id: UUID,
    channel: str,
    address: str,
    trouble: Trouble | str,
    because: str,
    detail: str = "",
    said_at: datetime | None = None,
    now: datetime,
) -> bool:
    """Say the last word about one address at one business; blank ``trouble`` opens it. Return whether anything changed.

    ``because`` is who said so: ``keyword``, ``receipt``, ``provider``, ``staff``, ``client``. Each change leaves
    an ``AddressEvent``; saying the same again leaves none. A receipt does not replace what the person said
    (stopped, complained): only a keyword, the provider's own opt-in, or people open that; and one that speaks of
    the time before the last change (``said_at``) is too late to count. Messages that wait are not touched:
    each is decided again when it is due.
    """
    found = Trouble(trouble).value if trouble else ""
    with transaction.atomic():
        state = _held(
            business_id=business_id,
            channel=channel,
            address=written_as(channel=channel, address=address),
            now=now,
        )
        if state.trouble == found or _is_too_late(state, said_at):
            return False
        if because in _BY_MACHINE and state.trouble in _ON_PURPOSE and found not in _ON_PURPOSE:
            return False
        state.trouble, state.because = found, because
        state.detail, state.since = detail[:120], now
        state.save(update_fields=["trouble", "because", "detail", "since"])
        AddressEvent.objects.create(
            business_id=business_id,
            state=state,
            trouble=found,
            because=because,
            detail=detail[:120],
            at=now,
        )
    return True


def _is_too_late(state: AddressState, said_at: datetime | None) -> bool:
    """Whether the address was changed, by whoever, after what is told now was so."""
    return said_at is not None and bool(state.because) and said_at < state.since


def note_delivered(*, business_id: UUID, channel: str, address: str, at: datetime) -> None:
    """Remember when something last arrived at an address; that alone opens nothing."""
    with transaction.atomic():
        state = _held(
            business_id=business_id,
            channel=channel,
            address=written_as(channel=channel, address=address),
            now=at,
        )
        if state.delivered_at is None or state.delivered_at < at:
            state.delivered_at = at
            state.save(update_fields=["delivered_at"])


def _held(*, business_id: UUID, channel: str, address: str, now: datetime) -> AddressState:
    """Return the row of the address, locked; made if it was not there."""
    rows = AddressState.objects.select_for_update()
    key = {"business_id": business_id, "channel": channel, "address": address}
    found = rows.filter(**key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return AddressState.objects.create(**key, since=now)
    except IntegrityError:  # somebody made it a moment ago
        return rows.get(**key)
