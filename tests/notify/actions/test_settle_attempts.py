"""Settling: what became of attempts, and what is taken back because it was never made."""

from __future__ import annotations

import pytest

from clientela.booking import events
from clientela.notify.actions import send_due as module
from clientela.notify.actions.begin_attempts import LEASE, begin_attempts
from clientela.notify.actions.send_due import send_due
from clientela.notify.actions.settle_attempts import give_back, settle_attempts
from clientela.notify.attempts import Ended
from clientela.notify.channels import Result
from clientela.notify.drafts import write_drafts
from clientela.notify.mail_budget import PER_HOUR, Spending, spend
from clientela.notify.models import Attempt, Message, Outcome, Reason, SimulatedMail
from clientela.platform.leases import take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]


@pytest.fixture
def begun(make_appointment, tell, now):
    """Three attempts that have begun, caused by a guest."""
    for _ in range(3):
        tell(events.AppointmentBooked, make_appointment())
    due = Message.objects.filter(recipient="client")
    return begin_attempts(
        drafts=write_drafts(leases=take(due, now=now, lasts=LEASE, limit=9), now=now), now=now
    )


def test_each_attempt_has_its_own_answer(begun, now):
    results = [
        Result(Outcome.ACCEPTED, code="250", detail="queued as 1"),
        Result(Outcome.REFUSED, code="550", reason=Reason.BOUNCED_HARD),
        Result(Outcome.RETRY, code="451"),
    ]
    pairs = [Ended(one, result) for one, result in zip(begun, results, strict=True)]
    settle_attempts(ended=pairs, now=now)
    rows = [Message.objects.get(pk=one.message.pk) for one in begun]
    assert [row.reason for row in rows] == [
        Reason.HANDED_OVER,
        Reason.BOUNCED_HARD,
        Reason.QUEUED,
    ]
    assert [row.lease_until for row in rows] == [None] * 3
    found = dict(Attempt.objects.values_list("message_id", "code"))
    assert [found[one.message.pk] for one in begun] == ["250", "550", "451"]


def test_an_attempt_noted_as_unknown_by_another_stays_unknown(begun, now):
    Attempt.objects.filter(pk=begun[0].attempt.pk).update(outcome=Outcome.UNKNOWN)
    settle_attempts(ended=[Ended(begun[0], Result(Outcome.ACCEPTED))], now=now)
    assert Attempt.objects.get(pk=begun[0].attempt.pk).outcome == Outcome.UNKNOWN
    assert Message.objects.get(pk=begun[0].message.pk).reason == Reason.QUEUED


def test_what_was_begun_and_never_made_is_as_before_and_costs_nothing(begun, now):
    give_back(begun=begun, now=now)
    assert Attempt.objects.count() == 0
    mine = Message.objects.filter(recipient="client")
    assert set(mine.values_list("reason", "tries", "lease_until")) == {(Reason.QUEUED, 0, None)}
    answers = [spend(spendings=[Spending("ana@example.com")], now=now)[0] for _ in range(6)]
    assert sum(answers) == PER_HOUR


def test_a_slow_server_leaves_few_in_hand_and_all_arrive_once(
    make_appointment, tell, now, monkeypatch
):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", -1)
    for _ in range(4):
        tell(events.AppointmentBooked, make_appointment(), by="staff")
    assert send_due(now=now) == 4
    assert Attempt.objects.count() == 1, "one at a time, and no attempt that was not made"
    while send_due(now=now):
        pass
    assert set(Attempt.objects.values_list("number", "outcome")) == {(1, Outcome.ACCEPTED)}
    ids = list(SimulatedMail.objects.values_list("message_id", flat=True))
    assert sorted(ids) == sorted(Message.objects.values_list("message_id", flat=True))
