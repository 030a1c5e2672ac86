"""Sending: decided again when due, handed over once, and never silent about what happened."""

from __future__ import annotations

import email
from contextlib import ExitStack
from datetime import datetime, timedelta
from email.policy import default

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Status
from clientela.notify.actions.send_due import IN_HAND, LEASE, PATIENCE_SECONDS, Ways, send_due
from clientela.notify.decisions import CHANNEL_PAUSE, RESEND_AFTER
from clientela.notify.models import Attempt, Message, Outcome, Reason, SimulatedMail
from clientela.platform import failpoints
from clientela.platform.installation import hold_sending, release_sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]


def client_message() -> Message:
    return Message.objects.get(recipient="client")


def outcomes() -> list[str]:
    return list(Attempt.objects.order_by("number").values_list("outcome", flat=True))


@pytest.fixture
def booked(appointment: Appointment, tell) -> Appointment:
    """An appointment whose confirmation, to the client alone, is due."""
    tell(events.AppointmentBooked, appointment, by="staff")
    return appointment


@pytest.fixture(autouse=True)
def disarmed():
    yield
    failpoints.arm("")


def test_a_due_message_is_handed_over_once_and_settled(booked, now):
    assert send_due(now=now) == 1
    message = client_message()
    assert (message.reason, message.send_at, message.settled_at) == (Reason.HANDED_OVER, None, now)
    assert outcomes() == [Outcome.ACCEPTED]
    assert send_due(now=now + timedelta(days=1)) == 0
    assert SimulatedMail.objects.count() == 1


def test_the_client_reads_the_time_the_zone_and_the_place_first(booked, now):
    send_due(now=now)
    mail = email.message_from_bytes(bytes(SimulatedMail.objects.get().source), policy=default)
    assert mail["Subject"] == "Reservada: mar 24 nov, 17:30, hora de Madrid (CET), Centro Norte"
    text = mail.get_body(("plain",)).get_content().splitlines()
    assert text[0] == "martes 24 de noviembre de 2026, 17:30\u201318:15, hora de Madrid (CET)"
    assert text[1] == "Centro Norte, Calle Mayor 3, 28001 Madrid"
    assert "Nos vemos el martes, Ana" in text


def test_nothing_is_sent_before_it_is_due(booked, now):
    assert send_due(now=now - timedelta(seconds=1)) == 0


def test_after_a_restore_nothing_leaves_until_the_operator_says_so(booked, now):
    hold_sending(now=now)
    assert send_due(now=now) == 0
    assert SimulatedMail.objects.count() == 0
    release_sending()
    assert send_due(now=now) == 1


@pytest.mark.req("MSG-06")
def test_a_confirmation_overtaken_by_a_change_is_superseded(booked, tell, now):
    before = booked.starts_at
    booked.starts_at, booked.ends_at = (at + timedelta(days=1) for at in (before, booked.ends_at))
    booked.sequence = 1
    booked.save()
    tell(
        events.AppointmentRescheduled,
        booked,
        by="staff",
        previous_starts_at=before,
        previous_location_id=booked.location_id,
        previous_professional_id=booked.professional_id,
    )
    send_due(now=now)
    reasons = dict(Message.objects.values_list("rule", "reason"))
    assert reasons == {"confirmation": Reason.SUPERSEDED, "change": Reason.HANDED_OVER}
    mail = SimulatedMail.objects.get()
    assert mail.subject.startswith("Cambiada, ahora: mié 25 nov, 17:30")
    assert b"mar 24 nov, 17:30, hora de Madrid (CET)" in bytes(mail.source)


@pytest.mark.req("MSG-06")
def test_a_confirmation_overtaken_by_a_cancellation_is_not_sent(booked, tell, now):
    booked.status, booked.sequence = Status.CANCELLED, 1
    booked.save()
    tell(events.AppointmentCancelled, booked, by="staff", because="staff")
    send_due(now=now)
    reasons = dict(Message.objects.values_list("rule", "reason"))
    assert reasons == {
        "confirmation": Reason.CANCELLED_BEFORE_SEND,
        "cancellation": Reason.HANDED_OVER,
    }
    mail = email.message_from_bytes(bytes(SimulatedMail.objects.get().source), policy=default)
    (calendar,) = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "CANCEL"
    assert "METHOD:CANCEL" in calendar.get_content()


def test_no_worker_until_after_the_start_reads_scheduler_down(booked, now):
    send_due(now=booked.starts_at)
    assert client_message().reason == Reason.SCHEDULER_DOWN
    assert SimulatedMail.objects.count() == 0


@pytest.mark.req("MSG-13")
def test_a_letter_that_cannot_be_written_fails_alone(booked, make_appointment, tell, now):
    Message.objects.update(language="xx", zone="Nowhere/Nothing")
    tell(events.AppointmentBooked, make_appointment(), by="staff")
    send_due(now=now)
    reasons = list(Message.objects.order_by("created_at", "id").values_list("reason", flat=True))
    assert reasons == [Reason.QUEUED, Reason.HANDED_OVER]
    at = now
    for _ in range(6):
        at += timedelta(hours=1)
        send_due(now=at)
    assert Message.objects.order_by("id").first().reason == Reason.PROVIDER_ERROR


# --- what a mail server may do -----------------------------------------------------------


@pytest.mark.req("MSG-02")
@pytest.mark.parametrize(
    ("behaviour", "reason", "outcome"),
    [
        ("accept", Reason.HANDED_OVER, Outcome.ACCEPTED),
        ("450", Reason.QUEUED, Outcome.RETRY),
        ("451", Reason.QUEUED, Outcome.RETRY),
        ("452", Reason.QUEUED, Outcome.RETRY),
        ("552", Reason.QUEUED, Outcome.RETRY),
        ("421-mail", Reason.QUEUED, Outcome.RETRY),
        ("421-data", Reason.QUEUED, Outcome.RETRY),
        ("550-sender", Reason.QUEUED, Outcome.RETRY),
        ("drop-at-data", Reason.QUEUED, Outcome.RETRY),
        ("451-end", Reason.QUEUED, Outcome.RETRY),
        ("550", Reason.BOUNCED_HARD, Outcome.REFUSED),
        ("relay-denied", Reason.PROVIDER_ERROR, Outcome.REFUSED),
        ("554-spam", Reason.CARRIER_FILTERED, Outcome.REFUSED),
        ("554-body", Reason.PROVIDER_ERROR, Outcome.REFUSED),
        ("lost-250", Reason.UNKNOWN, Outcome.UNKNOWN),
        ("drop-before-taking", Reason.UNKNOWN, Outcome.UNKNOWN),
    ],
)
def test_each_behaviour_of_a_server_has_its_class(booked, sink, now, behaviour, reason, outcome):
    sink.behaviours = [behaviour]
    send_due(now=now)
    assert client_message().reason == reason
    assert outcomes() == [outcome]


@pytest.mark.req("MSG-02")
@pytest.mark.parametrize("behaviour", ["450", "421-mail", "550-sender", "drop-at-data", "451-end"])
def test_what_was_put_off_arrives_exactly_once(booked, sink, now, behaviour):
    sink.behaviours = [behaviour]
    send_due(now=now)
    send_due(now=now + timedelta(seconds=59))
    assert sink.accepted == []
    send_due(now=now + timedelta(minutes=1))
    assert client_message().reason == Reason.HANDED_OVER
    assert sink.message_ids == [client_message().message_id]


@pytest.mark.req("MSG-02")
def test_a_lost_answer_gives_one_copy_under_the_same_message_id_and_no_more(booked, sink, now):
    sink.behaviours = ["lost-250", "lost-250"]
    send_due(now=now)
    assert client_message().send_at == now + RESEND_AFTER
    send_due(now=now + RESEND_AFTER)
    message = client_message()
    assert (message.reason, message.send_at) == (Reason.UNKNOWN, None)
    send_due(now=now + timedelta(hours=20))
    assert sink.message_ids == [message.message_id] * 2


def test_the_trace_of_a_refusal_holds_the_servers_words_without_the_address(booked, sink, now):
    sink.behaviours = ["550"]
    send_due(now=now)
    attempt = Attempt.objects.get()
    assert attempt.code == "550"
    assert "no such user" in attempt.detail
    assert "@" not in attempt.detail


@pytest.mark.req("MSG-01")
def test_an_unreachable_server_is_asked_once_a_minute_however_many_wait(
    make_appointment, tell, settings, sink, now
):
    settings.EMAIL_PORT = 1
    for _ in range(50):
        tell(events.AppointmentBooked, make_appointment(), by="staff")
    assert send_due(now=now) > 0
    assert send_due(now=now) == 0
    assert Attempt.objects.count() == 1
    waiting = Message.objects.filter(reason=Reason.QUEUED, send_at=now + CHANNEL_PAUSE).count()
    assert waiting == 50


@pytest.mark.req("MSG-01")
def test_after_an_hour_without_a_server_everything_arrives_once(
    make_appointment, tell, settings, sink, now
):
    for _ in range(25):
        tell(events.AppointmentBooked, make_appointment(), by="staff")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for minute in range(60):
        send_due(now=now + timedelta(minutes=minute))
    settings.EMAIL_PORT = port
    at = now + timedelta(hours=2)
    while send_due(now=at):
        pass
    assert set(Message.objects.values_list("reason", flat=True)) == {Reason.HANDED_OVER}
    expected = sorted(Message.objects.values_list("message_id", flat=True))
    assert sorted(sink.message_ids) == expected


@pytest.mark.parametrize(
    ("seconds_each", "in_hand"), [(None, 5), (0.001, 10), (0.1, 5), (0.3, 1), (20.0, 1)]
)
def test_a_slow_carrier_gets_less_in_hand(seconds_each, in_hand):
    ways = Ways(ExitStack())
    if seconds_each is not None:
        ways.note_pace(count=2, seconds=2 * seconds_each)
    assert ways.fit_into(PATIENCE_SECONDS, most=IN_HAND) == in_hand


def test_several_mails_share_one_connection(make_appointment, tell, sink, now):
    for _ in range(5):
        tell(events.AppointmentBooked, make_appointment(), by="staff")
    send_due(now=now)
    assert len(sink.accepted) == 5
    assert sink.connections == 1


# --- a worker that dies ------------------------------------------------------------------


@pytest.mark.req("MSG-04")
@pytest.mark.parametrize(
    ("place", "copies"),
    [
        ("notify.send.taken", 1),
        ("notify.send.before-hand-over", 1),
        ("notify.simulator.accepted", 2),
        ("notify.send.after-hand-over", 2),
    ],
)
def test_a_sender_that_fails_anywhere_loses_nothing_and_says_what_it_cannot_know(
    booked, now, place, copies
):
    failpoints.arm(f"{place}=raise@1")
    with pytest.raises(failpoints.FailpointError):
        send_due(now=now)
    failpoints.arm("")
    assert send_due(now=now + timedelta(minutes=1)) == 0, "the lease of the dead still holds"
    after = now + LEASE
    send_due(now=after)
    if place != "notify.send.taken":
        message = client_message()
        assert (message.reason, message.send_at) == (Reason.UNKNOWN, after + RESEND_AFTER)
        send_due(now=after + RESEND_AFTER)
    assert client_message().reason == Reason.HANDED_OVER
    assert (
        list(SimulatedMail.objects.values_list("message_id", flat=True))
        == [client_message().message_id] * copies
    )


def test_a_sender_thought_dead_does_not_overwrite_what_was_noted_since(booked, now, monkeypatch):
    from clientela.notify.channels.email import simulator  # noqa: PLC0415 -- one use

    hand_over = simulator.Session.hand_over

    def slow(self: simulator.Session, parcel: object, *, now: datetime) -> object:
        result = hand_over(self, parcel, now=now)
        monkeypatch.setattr(simulator.Session, "hand_over", hand_over)
        send_due(now=now + LEASE)  # another worker, after the lease ran out
        return result

    monkeypatch.setattr(simulator.Session, "hand_over", slow)
    send_due(now=now)
    assert client_message().reason == Reason.UNKNOWN
    assert outcomes() == [Outcome.UNKNOWN]
