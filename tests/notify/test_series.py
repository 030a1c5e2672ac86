"""A series is told in one message, and every appointment of it still has its own row."""

from __future__ import annotations

import email
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default

import icalendar
import pytest

from clientela.booking import events
from clientela.booking.links import manage_url
from clientela.booking.models import Appointment, Series, Status
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import Message, Reason, SimulatedMail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]

WEEK = timedelta(weeks=1)


@pytest.fixture
def series(client_card, service, make_appointment, now) -> list[Appointment]:
    """Three Tuesdays, the last after the clocks went forward, told of in the opposite order."""
    row = Series.objects.create(
        business=client_card.business,
        client=client_card,
        service=service,
        every_weeks=9,
        count=3,
        created_at=now,
    )
    first = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    starts = [first, first + 9 * WEEK, first + 18 * WEEK - timedelta(hours=1)]
    return [make_appointment(series=row, starts_at=start) for start in starts]


@pytest.fixture
def told(series: list[Appointment], tell: Callable[..., None]) -> list[Appointment]:
    for appointment in reversed(series):
        tell(events.AppointmentBooked, appointment, by="staff")
    return series


def reasons(appointments: list[Appointment]) -> list[str]:
    rows = Message.objects.filter(recipient="client")
    return [rows.get(appointment=one).reason for one in appointments]


def the_mail() -> EmailMessage:
    return email.message_from_bytes(bytes(SimulatedMail.objects.get().source), policy=default)


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_the_first_carries_the_message_and_the_others_say_why_they_have_none(told):
    assert reasons(told) == [Reason.QUEUED, *[Reason.DUPLICATE_SUPPRESSED] * 2]


def test_the_one_mail_names_every_date_with_its_zone_and_its_own_page(told, now):
    assert send_due(now=now) == 1
    mail = the_mail()
    assert mail["Subject"] == (
        "Reservadas: 3 citas desde el mar 24 nov, 17:30, hora de Madrid (CET), Centro Norte"
    )
    moments = [
        "mar 24 nov, 17:30, hora de Madrid (CET)",
        "mar 26 ene, 17:30, hora de Madrid (CET)",
        "mar 30 mar, 17:30, hora de Madrid (CEST)",
    ]
    listed = "\n".join(
        f"{moment}\n  {manage_url(one)}" for moment, one in zip(moments, told, strict=True)
    )
    assert f"Todas las fechas:\n{listed}\n" in text_of(mail)
    html = mail.get_body(("html",)).get_content()
    assert all(f'href="{manage_url(one)}"' in html for one in told)


def test_the_calendar_file_holds_one_event_for_each(told, now):
    send_due(now=now)
    part = next(one for one in the_mail().walk() if one.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert [event.start for event in calendar.walk("VEVENT")] == [one.starts_at for one in told]
    assert len({str(event["UID"]) for event in calendar.walk("VEVENT")}) == 3
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_a_first_one_cancelled_before_the_mail_left_does_not_silence_the_others(told, now):
    first = told[0]
    Appointment.objects.filter(pk=first.pk).update(status=Status.CANCELLED, sequence=1)
    assert send_due(now=now) == 1
    text = text_of(the_mail())
    assert manage_url(first) not in text
    assert all(manage_url(one) in text for one in told[1:])
    assert text.startswith("martes 26 de enero de 2027")


def test_of_a_series_of_which_one_is_left_it_is_told_as_a_single_one(told, now):
    ended = [one.pk for one in told[:2]]
    Appointment.objects.filter(pk__in=ended).update(status=Status.CANCELLED, sequence=1)
    send_due(now=now)
    assert the_mail()["Subject"].startswith("Reservada: mar 30 mar")
    assert "Todas las fechas" not in text_of(the_mail())


def test_of_a_series_of_which_none_is_left_nothing_is_told(told, now):
    Appointment.objects.update(status=Status.CANCELLED, sequence=1)
    send_due(now=now)
    assert SimulatedMail.objects.count() == 0
    assert reasons(told)[0] == Reason.CANCELLED_BEFORE_SEND


def test_a_later_change_of_one_is_told_by_itself(told, tell, now):
    second = told[1]
    second.sequence = 1
    second.save()
    tell(
        events.AppointmentRescheduled,
        second,
        previous_starts_at=second.starts_at,
        previous_location_id=second.location_id,
        previous_professional_id=second.professional_id,
        by="staff",
    )
    change = Message.objects.get(rule="change", recipient="client")
    assert (change.reason, change.appointment_id) == (Reason.QUEUED, second.pk)
    assert "series" not in change.facts


def test_a_stranger_in_the_next_series_is_not_in_the_mail(told, make_appointment, now):
    other = make_appointment(starts_at=told[0].starts_at + timedelta(days=1))
    send_due(now=now)
    assert manage_url(other) not in text_of(the_mail())
