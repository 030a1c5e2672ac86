"""One queue, several channels: lines rest alone, doubt is met as each channel says, and nothing leaves at night or on hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from clientela.booking import events
from clientela.notify import drafts as drafts_module
from clientela.notify.actions import (
    begin_attempts as begin_module,
    send_due as module,
    settle_attempts as settle_module,
)
from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.actions.begin_attempts import LEASE
from clientela.notify.actions.send_due import send_due
from clientela.notify.channels import Result
from clientela.notify.decisions import CHANNEL_PAUSE, RESEND_AFTER, Verdict
from clientela.notify.models import (
    AddressState,
    Attempt,
    Message,
    Outcome,
    Reason,
    ReceiptKind,
    Trouble,
)
from clientela.notify.news import News
from clientela.notify.queries.due_messages import DueMessage
from clientela.people.models import Identifier, IdentifierKind
from clientela.platform import failpoints
from clientela.platform.installation import hold_sending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_facts")]


@dataclass
class FakeChannel:
    """A channel that answers as it is told, and remembers what it was asked."""

    name: str
    ambiguity: str = "leave"
    has_own_lines: bool = False
    answers: list[Result] = field(default_factory=list)
    given: list[object] = field(default_factory=list)
    claimed: int = 0
    refunded: int = 0
    forbids: str = ""

    def compose(self, message: Message, **_: object) -> object:
        return message.pk

    @contextmanager
    def session(self) -> Iterator[FakeChannel]:
        yield self

    def hand_over(self, parcel: object, **_: object) -> Result:
        self.given.append(parcel)
        return self.answers.pop(0) if self.answers else Result(Outcome.ACCEPTED, provider="fake")

    def way_of(self, business_id: UUID) -> str:
        return str(business_id) if self.has_own_lines else ""

    def claim(self, parcels: Sequence[object], **_: object) -> list[str]:
        self.claimed += len(parcels)
        return [self.forbids] * len(parcels)

    def refund(self, parcels: Sequence[object], **_: object) -> None:
        self.refunded += len(parcels)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeChannel]:
    """Three channels in the place of the real ones, and decisions that say yes."""
    found = {
        "email": FakeChannel("email", "resend-once"),
        "sms": FakeChannel("sms", "leave", has_own_lines=True),
        "push": FakeChannel("push", "resend-at-once"),
    }
    for one in (module, begin_module, settle_module, drafts_module):
        monkeypatch.setattr(one, "channels", lambda: found)
    return found


@pytest.fixture
def queue(appointment, tell, fakes, monkeypatch) -> dict[str, Message]:
    """A confirmation by each channel, due now, and allowed."""
    tell(events.AppointmentBooked, appointment, by="staff")
    first = Message.objects.get()
    verdict = DueMessage.verdict
    monkeypatch.setattr(
        DueMessage,
        "verdict",
        lambda self, now: (
            verdict(self, now)
            if self.message.channel == "email"
            else Verdict(reason=Reason.QUEUED, consent_id=first.consent_id)
        ),
    )
    for channel in ("sms", "push"):
        copy = Message.objects.get(pk=first.pk)
        copy.pk, copy.channel, copy.message_id = None, channel, f"<{channel}@example.org>"
        copy._state.adding = True
        copy.id = Message._meta.get_field("id").get_default()
        copy.save()
    return {one.channel: one for one in Message.objects.all()}


def reasons() -> dict[str, str]:
    return dict(Message.objects.values_list("channel", "reason"))


def test_one_line_that_is_down_rests_and_the_others_go_on(queue, fakes, now):
    fakes["sms"].answers = [Result(Outcome.RETRY, is_unreachable=True)]
    send_due(now=now)
    assert reasons() == {"email": "handed_over", "push": "handed_over", "sms": "queued"}
    assert Message.objects.get(channel="sms").send_at == now + CHANNEL_PAUSE
    assert (fakes["sms"].claimed, fakes["sms"].refunded) == (1, 1)


@pytest.mark.req("MSG-03", "MSG-04")
def test_doubt_is_met_as_each_channel_says(queue, fakes, now):
    for one in fakes.values():
        one.answers = [Result(Outcome.UNKNOWN, provider="fake", provider_id=f"p-{one.name}")]
    send_due(now=now)
    send_at = dict(Message.objects.values_list("channel", "send_at"))
    assert send_at == {"email": now + RESEND_AFTER, "sms": None, "push": now}
    while send_due(now=now):
        pass
    send_due(now=now + RESEND_AFTER)
    assert {name: len(one.given) for name, one in fakes.items()} == {
        "email": 2,
        "push": 2,
        "sms": 1,
    }
    assert reasons() == {"email": "handed_over", "push": "handed_over", "sms": "unknown"}
    assert fakes["sms"].refunded == 0, "what may have left stays counted"
    told = News(provider="fake", key="1", kind=ReceiptKind.DELIVERED, at=now, provider_id="p-sms")
    assert apply_receipt(news=told, now=now)
    assert reasons()["sms"] == Reason.DELIVERED


def test_a_budget_of_the_channel_says_which_and_nothing_is_tried(queue, fakes, now):
    fakes["sms"].forbids = "monthly-cap"
    send_due(now=now)
    text = Message.objects.get(channel="sms")
    assert (text.reason, text.because, text.tries) == (Reason.POLICY_GATE, "monthly-cap", 0)
    assert fakes["sms"].given == []


def test_quiet_hours_move_the_message_without_a_try(queue, fakes, now, monkeypatch):
    morning = now + timedelta(hours=9)
    monkeypatch.setattr(
        DueMessage,
        "verdict",
        lambda _self, _now: Verdict(
            reason=Reason.QUEUED, wait_until=morning, because="quiet-hours"
        ),
    )
    send_due(now=now)
    assert set(Message.objects.values_list("reason", "send_at", "tries", "lease_until")) == {
        (Reason.QUEUED, morning, 0, None)
    }
    assert Attempt.objects.count() == 0


@pytest.mark.req("MSG-10")
def test_after_a_restore_no_channel_sends_anything(queue, fakes, now):
    hold_sending(now=now)
    assert send_due(now=now + timedelta(days=1)) == 0
    assert [one.given for one in fakes.values()] == [[], [], []]


def test_a_number_that_is_refused_for_good_is_remembered(queue, fakes, client_card, now):
    number = "+34912345678"
    Identifier.objects.create(
        business=client_card.business,
        client=client_card,
        kind=IdentifierKind.PHONE,
        value=number,
        written=number,
        created_at=now,
    )
    fakes["sms"].answers = [Result(Outcome.REFUSED, code="30006", reason=Reason.LANDLINE)]
    send_due(now=now)
    state = AddressState.objects.get()
    assert (state.trouble, state.because, state.detail) == (Trouble.LANDLINE, "provider", "30006")


def test_a_receipt_that_came_while_the_message_was_in_hand_counts(queue, fakes, now):
    text = queue["sms"]

    def quick(parcel: object, **_: Any) -> Result:
        news = News(
            provider="fake", key="q", kind=ReceiptKind.DELIVERED, at=now, message_pk=text.pk
        )
        assert apply_receipt(news=news, now=now)
        return Result(Outcome.ACCEPTED, provider="fake", provider_id="p-1")

    fakes["sms"].hand_over = quick  # type: ignore[method-assign]  # this once
    send_due(now=now)
    assert reasons()["sms"] == Reason.DELIVERED


@pytest.mark.req("MSG-04")
def test_a_receipt_settles_what_a_dead_worker_left_open(queue, fakes, now):
    failpoints.arm("notify.send.after-hand-over=raise@3")
    try:
        with pytest.raises(failpoints.FailpointError):
            send_due(now=now)
    finally:
        failpoints.arm("")
    opened = Attempt.objects.get(outcome=Outcome.OPEN).message
    told = News(provider="fake", key="1", kind=ReceiptKind.DELIVERED, at=now, message_pk=opened.pk)
    apply_receipt(news=told, now=now + timedelta(minutes=1))
    send_due(now=now + LEASE)
    opened.refresh_from_db()
    assert (opened.reason, opened.send_at) == (Reason.DELIVERED, None)


@pytest.mark.req("MSG-08")
@pytest.mark.parametrize(
    "jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-365)]
)
def test_when_the_clock_jumps_nothing_is_sent_twice_and_nothing_is_lost(queue, fakes, now, jump):
    at = now
    send_due(now=at + jump)
    for minutes in range(3):
        send_due(now=at + timedelta(minutes=minutes))
    assert {name: len(one.given) for name, one in fakes.items()} == dict.fromkeys(fakes, 1)
    assert set(reasons().values()) == {Reason.HANDED_OVER}
