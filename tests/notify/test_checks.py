"""What the doctor says about messages, fault by fault."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.notify.actions.send_due import send_due
from clientela.notify.checks import flow, mail
from clientela.platform.doctor import Grade

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("L17")]


def grades(question, now) -> list[Grade]:
    return [finding.grade for finding in question(now)]


def test_a_mail_server_that_answers_is_well(sink, now):
    assert grades(mail.mail_server_answers, now) == [Grade.OK]


def test_a_mail_server_that_does_not_is_bad_and_the_fix_names_the_settings(sink, settings, now):
    settings.EMAIL_PORT = 1
    (finding,) = mail.mail_server_answers(now)
    assert finding.grade is Grade.BAD
    assert "CLIENTELA_SMTP_HOST" in finding.fix


def test_the_simulator_needs_no_server(settings, now):
    settings.MAIL_CHANNEL = "simulator"
    assert grades(mail.mail_server_answers, now) == [Grade.OK]


@pytest.mark.parametrize(
    ("url", "sender", "expected"),
    [
        ("https://book.example.org", "bookings@example.org", Grade.OK),
        ("http://127.0.0.1:8000", "bookings@example.org", Grade.WARN),
        ("https://book.example.org", "bookings@localhost", Grade.WARN),
    ],
)
def test_links_and_sender_must_be_ones_that_clients_can_reach(settings, now, url, sender, expected):
    settings.MAIL_CHANNEL = "smtp"
    settings.PUBLIC_URL, settings.DEFAULT_FROM_EMAIL = url, sender
    assert grades(mail.sender_is_ours, now) == [expected]


def test_nothing_waiting_is_well(scope, now):
    assert grades(flow.messages_flow, now) == [Grade.OK]


def test_a_message_that_waits_too_long_is_bad(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    assert grades(flow.messages_flow, now + timedelta(minutes=10)) == [Grade.OK]
    assert grades(flow.messages_flow, now + timedelta(minutes=11)) == [Grade.BAD]


def test_ambiguous_and_failed_messages_are_warnings(appointment, make_appointment, tell, sink, now):
    tell(events.AppointmentBooked, appointment, by="staff")
    tell(events.AppointmentBooked, make_appointment(), by="staff")
    sink.behaviours = ["lost-250", "550"]
    send_due(now=now)
    assert grades(flow.messages_flow, now) == [Grade.WARN, Grade.WARN]
