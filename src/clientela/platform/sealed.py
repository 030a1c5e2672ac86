"""Sealed parcels: secrets that must wait in the database (a mail with a log-in code) wait encrypted and are wiped."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from clientela.platform.jobs import due_work
from clientela.platform.keys import working_keys
from clientela.platform.models import SealedPayload

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["SealedPayload", "Unreadable", "keep", "open_kept", "renewed", "seal", "unseal", "wipe"]

KEPT_FOR: Final = timedelta(hours=24)


class Unreadable(LookupError):
    """The parcel was wiped, or sealed with a key that is gone."""


def seal(content: Any) -> str:  # noqa: ANN401 -- any JSON value
    """Encrypt any JSON value with the installation's present key."""
    return _fernet().encrypt(json.dumps(content).encode()).decode()


def unseal(sealed: str) -> Any:  # noqa: ANN401 -- any JSON value
    """Decrypt what `seal` made, also with keys that were rotated out; raises `Unreadable`."""
    try:
        return json.loads(_fernet().decrypt(sealed.encode()))
    except InvalidToken as error:
        message = "sealed with a key that is gone, or altered"
        raise Unreadable(message) from error


def renewed(sealed: str) -> str:
    """The same content under the present key; the very same text where it is that already.

    For what stays sealed for years: afterwards a former key may be forgotten. Raises `Unreadable`.
    """
    keys = _keys()
    try:
        keys[0].decrypt(sealed.encode())
    except InvalidToken:
        return seal(unseal(sealed))
    return sealed


def keep(*, purpose: str, content: Any, now: datetime, lasts: timedelta = KEPT_FOR) -> UUID:  # noqa: ANN401 -- any JSON value
    """Keep `content` sealed in the database until it is wiped, at the latest after `lasts`; return its id."""
    row = SealedPayload.objects.create(
        purpose=purpose, sealed=seal(content), kept_at=now, wipe_at=now + lasts
    )
    return row.id


def open_kept(parcel_id: UUID) -> Any:  # noqa: ANN401 -- any JSON value
    """Return the content of a kept parcel; raises `Unreadable` once it is wiped."""
    row = SealedPayload.objects.filter(pk=parcel_id, wiped_at__isnull=True).first()
    if row is None:
        message = "wiped"
        raise Unreadable(message)
    return unseal(row.sealed)


def wipe(parcel_id: UUID, *, now: datetime) -> bool:
    """Forget the content after hand-over; the row stays as a trace. False when it was wiped before."""
    return bool(
        SealedPayload.objects.filter(pk=parcel_id, wiped_at__isnull=True).update(
            sealed="", wiped_at=now
        )
    )


def _fernet() -> MultiFernet:
    return MultiFernet(_keys())


def _keys() -> list[Fernet]:
    return [Fernet(base64.urlsafe_b64encode(key)) for key in working_keys("sealed")]


@due_work("platform.wipe-sealed-payloads", every=timedelta(hours=1))
def wipe_overdue(now: datetime) -> int:
    """Wipe what nobody fetched in time."""
    return SealedPayload.objects.filter(wipe_at__lte=now, wiped_at__isnull=True).update(
        sealed="", wiped_at=now
    )
