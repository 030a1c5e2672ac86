"""Sending again by hand: queued once, decided anew, and never what was overtaken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.booking.models import Status
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.send_again import send_again
from clientela.notify.actions.send_due import send_due
from clientela.notify.errors import NotResendable
from clientela.notify.models import Message, Reason, SimulatedMail, Trouble
from clientela.platform.actor import Actor
from clientela.platform.audit import history
from clientela.platform.ids import uuid7

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_facts")]

IRENE = Actor.staff(uuid7(), "front-desk")


@pytest.fixture
def bounced(appointment, tell, now) -> Message:
    """A confirmation that was not sent, because its address had bounced before."""
    tell(events.AppointmentBooked, appointment, by="staff")
    say(appointment, Trouble.BOUNCED, now)
    send_due(now=now)
    message = Message.objects.get()
    assert message.reason == Reason.BOUNCED_HARD
    return message


def say(appointment, trouble: str, now) -> None:
    change_address_state(
        business_id=appointment.business_id,
        channel="email",
        address="ana@example.com",
        trouble=trouble,
        because="staff",
        now=now,
    )


def test_after_the_address_was_opened_the_message_leaves_and_the_trail_says_who(
    bounced, appointment, now
):
    say(appointment, "", now)
    send_again(message=bounced, by=IRENE, now=now + timedelta(minutes=1))
    send_due(now=now + timedelta(minutes=1))
    bounced.refresh_from_db()
    assert bounced.reason == Reason.HANDED_OVER
    assert SimulatedMail.objects.get().message_id == bounced.message_id
    assert [line.action for line in history(subject=bounced)] == ["message-sent-again"]


def test_while_the_address_is_closed_it_is_decided_as_before(bounced, now):
    send_again(message=bounced, by=IRENE, now=now)
    send_due(now=now)
    bounced.refresh_from_db()
    assert (bounced.reason, SimulatedMail.objects.count()) == (Reason.BOUNCED_HARD, 0)


def test_two_who_press_at_once_queue_one(bounced, now):
    other = Message.objects.get()
    send_again(message=bounced, by=IRENE, now=now)
    with pytest.raises(NotResendable) as refusal:
        send_again(message=other, by=IRENE, now=now)
    assert refusal.value.reason == "not-resendable"


@pytest.mark.req("MSG-06")
def test_what_was_overtaken_is_not_sent_by_hand_either(bounced, appointment, now):
    send_again(message=bounced, by=IRENE, now=now)
    appointment.status, appointment.sequence = Status.CANCELLED, 1
    appointment.save()
    send_due(now=now)
    bounced.refresh_from_db()
    assert bounced.reason == Reason.CANCELLED_BEFORE_SEND
    with pytest.raises(NotResendable):
        send_again(message=bounced, by=IRENE, now=now)
