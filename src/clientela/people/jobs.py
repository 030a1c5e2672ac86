"""Due work of people."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.people.actions.answer_household import expire_households, tidy_households
from clientela.people.actions.compare_due import compare_due, recount_grown
from clientela.people.actions.erase_closed import erase_closed
from clientela.people.actions.show_absorbed import show_absorbed_in_time
from clientela.platform.jobs import due_work


@due_work("people.erase-closed", every=timedelta(minutes=1))
def erase(now: datetime) -> int:
    """Forget the clients of businesses that were given up and not opened again in time."""
    return erase_closed(now=now)


@due_work("people.compare-cards", every=timedelta(seconds=5))
def compare(now: datetime) -> int:
    """Hold new and changed cards beside the others of their business."""
    return compare_due(now=now)


@due_work("people.count-crowds", every=timedelta(hours=24))
def recount(now: datetime) -> int:
    """Count again how common names are, where a business has grown."""
    return recount_grown(now=now)


@due_work("people.show-absorbed", every=timedelta(minutes=5))
def show_absorbed(now: datetime) -> int:
    """Show clients what came with an absorbed card once its mailbox had its time to say no."""
    return show_absorbed_in_time(now=now)


@due_work("people.expire-households", every=timedelta(minutes=5))
def expire_invitations(now: datetime) -> int:
    """End invitations to a household that nobody answered within their seven days."""
    return expire_households(now=now)


@due_work("people.tidy-households", every=timedelta(hours=24))
def tidy_invitations(now: datetime) -> int:
    """Forget the addresses of invitations that came to nothing a month ago."""
    return tidy_households(now=now)
