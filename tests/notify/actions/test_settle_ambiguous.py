"""What a person may decide about a message of unknown fate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.notify.actions.send_due import send_due
from clientela.notify.actions.settle_ambiguous import leave_message, resend_message
from clientela.notify.errors import NotAmbiguous
from clientela.notify.models import Message, Reason
from clientela.notify.queries.attention import ambiguous_messages
from clientela.platform.actor import Actor
from clientela.platform.audit import history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]

OPERATOR = Actor.system("a test")


@pytest.fixture
def message(appointment, tell, sink, now) -> Message:
    """A message whose first hand-over got no answer."""
    tell(events.AppointmentBooked, appointment, by="staff")
    sink.behaviours = ["lost-250"]
    send_due(now=now)
    return Message.objects.get()


def test_an_ambiguous_message_is_listed(message):
    assert ambiguous_messages() == [message]


def test_sent_again_it_leaves_at_once_under_the_same_message_id(message, sink, now):
    resend_message(message=message, by=OPERATOR, now=now)
    send_due(now=now)
    message.refresh_from_db()
    assert message.reason == Reason.HANDED_OVER
    assert sink.message_ids == [message.message_id] * 2
    assert ambiguous_messages() == []


def test_left_as_it_is_it_stays_unknown_and_nothing_more_is_tried(message, sink, now):
    leave_message(message=message, by=OPERATOR, now=now)
    send_due(now=now + timedelta(hours=1))
    message.refresh_from_db()
    assert (message.reason, message.send_at, message.left_at) == (Reason.UNKNOWN, None, now)
    assert len(sink.accepted) == 1
    assert ambiguous_messages() == []


def test_both_decisions_are_in_the_audit_trail(message, now):
    resend_message(message=message, by=OPERATOR, now=now)
    leave_message(message=message, by=OPERATOR, now=now)
    acts = [line.action for line in history(subject=message)]
    assert sorted(acts) == ["message-left", "message-resent"]


@pytest.mark.parametrize("decide", [resend_message, leave_message])
def test_a_message_whose_fate_is_known_is_not_to_be_decided(message, now, decide):
    resend_message(message=message, by=OPERATOR, now=now)
    send_due(now=now)
    with pytest.raises(NotAmbiguous) as refusal:
        decide(message=message, by=OPERATOR, now=now)
    assert refusal.value.reason == "not-ambiguous"
