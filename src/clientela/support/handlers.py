"""What the support hears: what became of the wishes that its requests rest on."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.events import (
    AccountsJoined,
    JoinAsked,
    JoinExpired,
    JoinLapsed,
    JoinRefused,
)
from clientela.booking.events import AppointmentMarked, ReclassificationAnswered
from clientela.people.events import HouseholdAnswered, HouseholdAsked
from clientela.platform.outbox import on
from clientela.support.actions.follow_invitation import follow_invitation
from clientela.support.actions.follow_join import follow_join
from clientela.support.actions.follow_marker import follow_answer, follow_marker


@on(JoinAsked, JoinExpired, JoinLapsed, JoinRefused, AccountsJoined, name="support.follow-join")
def hear_of_join(
    event: JoinAsked | JoinExpired | JoinLapsed | JoinRefused | AccountsJoined, *, now: datetime
) -> None:
    """Somebody says that two accounts are theirs; later, both mailboxes did, or they did not."""
    follow_join(join_id=event.join_id, now=now)


@on(HouseholdAsked, HouseholdAnswered, name="support.follow-invitation")
def hear_of_invitation(event: HouseholdAsked | HouseholdAnswered, *, now: datetime) -> None:
    """Somebody says who belongs to their household; later, that one answered, or did not."""
    follow_invitation(invitation_id=event.invitation_id, now=now)


@on(AppointmentMarked, name="support.follow-marker")
def hear_of_marker(event: AppointmentMarked, *, now: datetime) -> None:
    """A marker turned: a request that waited for the client may have come true."""
    follow_marker(appointment_id=event.appointment_id, now=now)


@on(ReclassificationAnswered, name="support.follow-answer")
def hear_of_answer(event: ReclassificationAnswered, *, now: datetime) -> None:
    """An owner answered at the desk what the support could have answered."""
    follow_answer(reclassify_id=event.request_id, now=now)
