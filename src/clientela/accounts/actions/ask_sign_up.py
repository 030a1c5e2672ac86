"""Take down that somebody wants a log-in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.accounts.events import SignUpAsked
from clientela.platform import sealed
from clientela.platform.outbox import record

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

PURPOSE: Final = "sign-up"


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a person typed, with the password as its hash ("" for none) and the key the account will have."""

    account_id: str
    email: str
    name: str
    password_hash: str
    language: str
    zone: str
    onward: str

    @classmethod
    def of(cls, parcel_id: UUID) -> SignUp:
        """Open the sealed parcel; raises ``sealed.Unreadable`` once it is wiped."""
        return cls(**sealed.open_kept(parcel_id))


def ask_sign_up(*, wish: SignUp, now: datetime) -> None:
    """Seal the wish and leave it to the worker: ``begin_account`` decides there.

    The request does the same work whether or not the address is known, so neither its answer nor the time
    it takes tells anything (AUT-02).
    """
    with transaction.atomic():
        parcel_id = sealed.keep(purpose=PURPOSE, content=asdict(wish), now=now)
        record(SignUpAsked(parcel_id=parcel_id), now=now)
