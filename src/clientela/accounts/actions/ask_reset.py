"""Take down that somebody forgot a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.accounts.events import ResetAsked
from clientela.platform import sealed
from clientela.platform.outbox import record

if TYPE_CHECKING:
    from datetime import datetime

PURPOSE: Final = "reset"


def ask_reset(*, email: str, language: str, now: datetime) -> None:
    """Seal the address and leave it to the worker to find out whose it is and what to write there.

    The request does the same work for every address (AUT-02). ``language`` is what an address without an account is
    written in.
    """
    content = {"email": email, "language": language}
    with transaction.atomic():
        parcel_id = sealed.keep(purpose=PURPOSE, content=content, now=now)
        record(ResetAsked(parcel_id=parcel_id), now=now)
