"""Of what will come a client reads all; of what will not, only what they may miss or can mend, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.queries.forecast import ForecastLine
from clientela.web.client_promises import client_promises, worth_saying
from tests.factories import MADRID, NOW

EMAIL, SMS, PUSH = "email", "sms", "push"
pytestmark = pytest.mark.nodb


def line(
    rule: Rule = Rule.CONFIRMATION,
    channel: str = EMAIL,
    reason: Reason = Reason.QUEUED,
    timing: str = "",
    recipient: Recipient = Recipient.CLIENT,
) -> ForecastLine:
    due = NOW + timedelta(hours=2) if timing else NOW
    return ForecastLine(
        rule=rule,
        timing=timing,
        recipient=recipient,
        channel=channel,
        due_at=due,
        leaves_at=due,
        reason=reason,
        because="",
        address="x",
        zone=MADRID,
    )


def reminder(
    channel: str, reason: Reason = Reason.QUEUED, timing: str = "before:120"
) -> ForecastLine:
    return line(Rule.REMINDER, channel, reason, timing)


def test_ways_nobody_asked_for_are_not_spoken_of() -> None:
    sent = reminder(EMAIL)
    assert worth_saying([sent, reminder(PUSH, Reason.NO_ADDRESS)]) == [sent]
    assert worth_saying([sent, reminder(SMS, Reason.CHANNEL_OFF_BY_CLIENT)]) == [sent]


def test_a_way_that_can_be_mended_is() -> None:
    lines = [reminder(EMAIL), reminder(SMS, Reason.LANDLINE)]
    assert worth_saying(lines) == lines


def test_a_message_that_comes_by_no_way_says_one_cause() -> None:
    lines = [reminder(EMAIL, Reason.TOO_CLOSE), reminder(SMS, Reason.TOO_CLOSE)]
    assert worth_saying(lines) == lines[:1]


def test_a_cause_that_holds_for_all_messages_is_said_once_but_each_lateness() -> None:
    off = [line(reason=Reason.NOT_ACTIVATED), reminder(EMAIL, Reason.NOT_ACTIVATED)]
    assert worth_saying(off) == off[:1]
    late = [
        reminder(EMAIL, Reason.TOO_CLOSE, "before:1440"),
        reminder(EMAIL, Reason.TOO_CLOSE, "before:120"),
    ]
    assert worth_saying(late) == late


def test_what_the_business_switched_off_and_what_staff_get_is_not_theirs_to_read() -> None:
    assert client_promises([line(reason=Reason.RULE_DISABLED)]) == []
    assert client_promises([line(Rule.STAFF_BOOKED, recipient=Recipient.DESK)]) == []


def test_each_promise_says_what_by_what_and_when_with_its_zone() -> None:
    now, later = client_promises([line(), reminder(SMS)])
    assert (now.title, now.when) == ("Confirmation by email", "At once")
    assert later.icon == "message-square"
    assert later.when == "Mon 23 Nov, 10:00 (Madrid)"
