"""An hour without a mail server, with a crowd of messages due: each leaves once afterwards, or says why it did not.

A hundred and twenty by default; ``CLIENTELA_PROVE=1`` takes ten thousand.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from tests.notify.sink import Sink

from clientela.booking import links
from clientela.booking.models import Appointment, Channel, Status
from clientela.notify.actions.send_due import AT_ONCE, BATCH, TODAY, send_due
from clientela.notify.decisions import CHANNEL_PAUSE, LINE_DOWN
from clientela.notify.models import Attempt, Message, Outcome, Reason, Recipient, Rule
from clientela.notify.queries.queues import queues
from clientela.notify.rows import message_id_of
from clientela.people.models import Client, Consent, How, Identifier, IdentifierKind, NotifyBy
from clientela.platform.ids import uuid7
from clientela.rules import clock_time

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("only_facts"),
    pytest.mark.req("MSG-01"),
]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
COUNT = 10_000 if PROVE else 120
HOUR = timedelta(hours=1)
STEP = timedelta(seconds=1 if PROVE else 10)
# How far ahead the visits lie; the first two are over before the server answers again.
LEADS = [timedelta(minutes=lead) for lead in (20, 45, 75, 150, 400, 1300, 1600, 3000, 20_000)]
_MESSAGE_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class Forgetful(Sink):
    """Keeps of a mail only its Message-ID line: ten thousand whole ones are much."""

    def _keep(self, body: list[bytes]) -> None:
        super()._keep([line for line in body if line[:11].lower() == b"message-id:"])


@pytest.fixture
def server(settings: Any):
    sink = Forgetful()
    settings.MAIL_CHANNEL = "smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
    yield sink
    sink.close()


@pytest.fixture
def crowd(business, location, professional, service, now) -> dict[str, datetime]:
    """Clients of their own, each with a visit and its confirmation due: Message-IDs with the visits' beginnings."""
    rows = []
    # The urgent ones are neither first nor last in the order of their ids.
    for number, lead in zip(range(COUNT), cycle([*LEADS[4:], *LEADS[:4]]), strict=False):
        rows.append(person(business, location, professional, service, number, now + lead, now))
    for model, made in zip(
        (Client, Identifier, Consent, Appointment, Message), zip(*rows, strict=True), strict=True
    ):
        model._base_manager.bulk_create(made, batch_size=500)
    return {row[-1].message_id: row[-2].starts_at for row in rows}


def person(business, location, professional, service, number, starts_at, now) -> tuple[Any, ...]:
    address = f"person{number}@example.com"
    card = Client(business=business, record_name=f"Person {number}", created_at=now)
    contact = Identifier(
        business=business, client=card, kind=IdentifierKind.EMAIL,
        value=address, written=address, created_at=now,
    )  # fmt: skip
    said = Consent(
        business=business, client=card, notify_by=NotifyBy.EMAIL, how=How.BOOKING,
        text_version="test", at=now,
    )  # fmt: skip
    nonce, digest = links.new_link()
    visit = Appointment(
        business=business, location=location, professional=professional, service=service, client=card,
        status=Status.CONFIRMED, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45),
        promised_local=clock_time.wall_text(starts_at, location.zone), promised_zone=location.zone,
        tzdata="test", channel=Channel.WEB, door="test", address_used=address, currency="EUR",
        link_nonce=nonce, link_digest=digest, created_at=now, changed_at=now,
    )  # fmt: skip
    key = uuid7()
    message = Message(
        id=key, business=business, appointment=visit, occurrence=0, rule=Rule.CONFIRMATION,
        recipient=Recipient.CLIENT, recipient_id=card.pk, channel="email", reason=Reason.QUEUED,
        address=address, language="en", zone=location.zone, message_id=message_id_of(key),
        facts={"by": "staff"}, consent=said, due_at=now, send_at=now, created_at=now,
    )  # fmt: skip
    return card, contact, said, visit, message


def run_until(end: datetime, *, since: datetime) -> Counter[datetime]:
    """Let a worker look again and again, and at once while there is more; how many rows each moment dealt with."""
    done: Counter[datetime] = Counter()
    at = since
    while at < end:
        while dealt := send_due(now=at):
            done[at] += dealt
        at += STEP
    return done


def test_an_hour_without_a_server_ends_with_each_message_sent_once_or_resting_with_its_reason(
    crowd, server, settings, now
):
    settings.EMAIL_PORT = 1
    dealt = run_until(now + HOUR, since=now)

    # A dead server is asked about once a minute, and a turn takes one batch in hand, not the whole queue. What
    # has become too late is closed on the way; no row is touched for it twice.
    asked = Attempt.objects.count()
    assert 55 <= asked <= 64
    too_late = Message.objects.filter(send_at__isnull=True).count()
    assert sum(dealt.values()) <= asked * BATCH + too_late
    assert server.accepted == []
    waiting = Message.objects.filter(reason=Reason.QUEUED)
    assert set(waiting.values_list("because", flat=True)) == {LINE_DOWN}
    (queue,) = queues(now=now + HOUR)
    assert (queue.waiting, queue.oldest_at) == (waiting.count(), now)

    settings.EMAIL_PORT = server.port
    back = now + HOUR
    run_until(back + 3 * CHANNEL_PAUSE, since=back)
    assert not Message.objects.filter(send_at__isnull=False).exists()

    left = Counter(_MESSAGE_ID.findall(b"".join(server.accepted)))
    assert max(left.values()) == 1
    rows = list(Message.objects.values_list("message_id", "reason", "because"))
    assert len(rows) == COUNT
    over = {key for key, starts_at in crowd.items() if starts_at < back}
    assert {key for key, *why in rows if why == [Reason.PROVIDER_ERROR, LINE_DOWN]} == over
    handed = {key for key, *why in rows if why == [Reason.HANDED_OVER, ""]}
    assert handed == {key.decode() for key in left} == set(crowd) - over
    assert Attempt.objects.filter(outcome=Outcome.ACCEPTED).count() == len(handed)
    assert Attempt.objects.count() == len(handed) + asked
    order = [wave(crowd[key], back) for key in map(message_id, server.accepted)]
    assert order == sorted(order), "what is near leaves first"
    print(
        f"{COUNT} due: {len(handed)} sent once, {len(over)} too late; a dead server was asked {asked} times"
    )


def message_id(mail: bytes) -> str:
    return mail.split(b" ", 1)[1].strip().decode()


def wave(starts_at: datetime, back: datetime) -> int:
    ahead = starts_at - back
    return (ahead > AT_ONCE) + (ahead > TODAY)


@pytest.fixture
def one(make_appointment, now, location, professional, service, business) -> Message:
    """One confirmation that is due, of a visit in two hours."""
    row = person(business, location, professional, service, 1, now + 2 * HOUR, now)
    for part in row:
        part.save(force_insert=True)
    return row[-1]


def became(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.reason, message.because


def test_where_the_worker_died_it_is_the_worker_that_is_named(one, server, now):
    send_due(now=now + 3 * HOUR)
    assert became(one) == (Reason.SCHEDULER_DOWN, "")


def test_where_the_line_was_down_to_the_end_it_is_the_line_that_is_named(
    one, server, settings, now
):
    settings.EMAIL_PORT = 1
    run_until(now + 2 * HOUR + CHANNEL_PAUSE, since=now + 2 * HOUR - 5 * CHANNEL_PAUSE)
    assert became(one) == (Reason.PROVIDER_ERROR, LINE_DOWN)


def test_where_the_line_was_down_and_then_the_worker_died_it_is_the_worker(
    one, server, settings, now
):
    settings.EMAIL_PORT = 1
    send_due(now=now)
    assert became(one) == (Reason.QUEUED, LINE_DOWN)
    settings.EMAIL_PORT = server.port
    send_due(now=now + 3 * HOUR)
    assert became(one) == (Reason.SCHEDULER_DOWN, "")


def test_a_worker_that_finds_its_rows_put_off_by_another_lets_them_go(
    one, server, settings, now, monkeypatch
):
    """Else they would wait for the end of a lease that nobody uses."""
    from clientela.notify.actions import send_due as sending  # noqa: PLC0415 -- one use

    write = sending.write_drafts

    def meanwhile(**asked: Any) -> Any:
        drafts = write(**asked)
        sending._rest(("email", ""), now)
        return drafts

    monkeypatch.setattr(sending, "write_drafts", meanwhile)
    send_due(now=now)
    one.refresh_from_db()
    assert (one.lease_until, one.because, one.tries) == (None, LINE_DOWN, 0)
    assert server.accepted == []
