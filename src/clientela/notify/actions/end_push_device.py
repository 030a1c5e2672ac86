"""Pushes to a device end: at the person's wish, or because they are signed out there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from clientela.accounts.models import Account
from clientela.notify.models import PushDevice
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note

SESSION_KEY: Final = "push_device"
"""Under which name a session holds the id of the device that its browser is."""


def end_push_device(*, account: Account, device_id: UUID, by: Actor, now: datetime) -> bool:
    """Forget one of the account's devices; False when it has no such device (any more)."""
    with transaction.atomic():
        device = PushDevice.objects.filter(account=account, pk=device_id).first()
        if device is None:
            return False
        audit_note(action="push-device-ended", subject=device, by=by, now=now)
        device.delete()
    return True


def forget_devices_of_account(*, account: Account, keep: str) -> None:
    """Forget the devices of somebody who is signed out everywhere, but for the one of the session ``keep``.

    Whoever was signed out must not go on reading notices: a device is forgotten unless the session that stays says
    that it is its own. In the caller's transaction; registered with the accounts (``leaving.py``).
    """
    mine = PushDevice.objects.filter(account=account)
    held = Session.objects.filter(session_key=keep).first() if keep else None
    if held is not None and (own := device_of_session(held.get_decoded())):
        mine = mine.exclude(pk=own)
    mine.delete()


def forget_device_of_session(*, session: dict[str, Any]) -> None:
    """Forget the device of one session that ends; a session without one changes nothing."""
    own = device_of_session(session)
    if own is not None:
        PushDevice.objects.filter(pk=own).delete()


def device_of_session(session: dict[str, Any]) -> UUID | None:
    """Return the id of the device that a session's browser is, if it said so."""
    try:
        return UUID(str(session.get(SESSION_KEY, "")))
    except ValueError:
        return None
