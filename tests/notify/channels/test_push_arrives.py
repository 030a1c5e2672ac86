"""A push from the event to the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.notify.channels.browsers import Browser, keep

from clientela.accounts.models import Account
from clientela.booking import events
from clientela.booking.models import Appointment
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import (
    Message,
    Reason,
    Rule,
    SimulatedFault,
    SimulatedPush,
)
from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, How, NotifyBy
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(appointment: Appointment, tell: Any, now: Any) -> Callable[[], Message]:
    """Give a function by which the desk moves her appointment; it returns the push about it."""

    def move() -> Message:
        was = appointment.starts_at
        appointment.starts_at, appointment.ends_at = (
            one + timedelta(days=1) for one in (appointment.starts_at, appointment.ends_at)
        )
        appointment.sequence += 1
        appointment.save()
        tell(
            events.AppointmentRescheduled,
            appointment,
            by="staff",
            previous_starts_at=was,
            previous_location_id=appointment.location_id,
            previous_professional_id=appointment.professional_id,
        )
        return Message.objects.get(rule=Rule.CHANGE, channel="push")

    return move


@pytest.fixture
def allowed(client_card: Client, ana: Account, keys: None, now: Any) -> None:
    """She has come in and allowed messages."""
    client_card.activated_at = now
    client_card.save()
    record_consent(
        client=client_card,
        notify_by=NotifyBy.EMAIL,
        how=How.ACTIVATION,
        by=Actor.client(ana.pk),
        now=now,
    )


def test_a_move_appears_on_her_device_once(
    allowed: None, moved: Callable[[], Message], ana: Account, now: Any
) -> None:
    keep(ana, Browser(), now)
    push = moved()
    send_due(now=now)
    push.refresh_from_db()
    assert (push.reason, push.tries) == (Reason.HANDED_OVER, 1)
    shown = SimulatedPush.objects.get()
    assert "25" in shown.title + shown.body
    send_due(now=now + timedelta(hours=1))
    assert SimulatedPush.objects.count() == 1


def test_what_is_ambiguous_is_sent_once_more_at_once_and_stands_once_on_the_screen(
    allowed: None, moved: Callable[[], Message], ana: Account, now: Any
) -> None:
    keep(ana, Browser(), now)
    push = moved()
    SimulatedFault.objects.create(channel="push", fault="silent", times=1, created_at=now)
    for minute in range(3):
        send_due(now=now + timedelta(minutes=minute))
    push.refresh_from_db()
    assert (push.reason, push.tries) == (Reason.HANDED_OVER, 2)
    assert SimulatedPush.objects.count() == 1


def test_without_a_device_it_says_so_and_one_that_comes_too_late_helps_no_more(
    allowed: None, moved: Callable[[], Message], ana: Account, now: Any
) -> None:
    assert moved().reason == Reason.NO_ADDRESS
    keep(ana, Browser(), now)
    send_due(now=now)
    assert not SimulatedPush.objects.exists()
