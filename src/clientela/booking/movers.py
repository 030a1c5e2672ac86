"""What of booking follows a card that is taken up by another: everything. What it pools: their credits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from clientela.booking.actions.credit import lock_credits_of, redeem_pending
from clientela.people.joiners import on_joining
from clientela.people.models import Client
from clientela.people.movers import repoints

repoints("booking.Appointment", "client")
repoints("booking.Series", "client")


@on_joining
@contextmanager
def pool_credits(*, card: Client, into: Client, now: datetime) -> Iterator[None]:
    """Let what the one card had pending be redeemed by what the other had bought."""
    lock_credits_of(client_ids=[card.pk, into.pk])
    yield
    redeem_pending(client_id=into.pk, now=now)
