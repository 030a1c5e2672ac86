"""After days without a worker: no storm, what came too late says so, and the owner hears of it once."""

from __future__ import annotations

import email
from collections import Counter
from datetime import timedelta
from email.policy import default

import pytest

from clientela.accounts.models import Account
from clientela.booking import events
from clientela.business.models import Membership, Role
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.actions.send_due import send_due
from clientela.notify.actions.tell_unsent import tell_unsent
from clientela.notify.models import AccountMail, Message, Reason, SimulatedMail

pytestmark = [pytest.mark.django_db, pytest.mark.req("MSG-09")]


@pytest.fixture
def owner(business, now) -> Account:
    account = Account.objects.create(email="owner@example.org", language="es", created_at=now)
    Membership.objects.create(business=business, account=account, role=Role.OWNER, created_at=now)
    return account


@pytest.fixture
def three_days(make_appointment, tell, now, owner) -> None:
    """Confirmations are due; some of the visits pass before a worker runs again."""
    for days in (1, 1, 2, 5):
        appointment = make_appointment(starts_at=now + timedelta(days=days))
        tell(events.AppointmentBooked, appointment, by="staff")


def test_three_days_without_a_worker_end_without_a_storm(three_days, now):
    after = now + timedelta(days=3)
    while send_due(now=after):
        pass
    mails = Message.objects.filter(rule="confirmation", channel="email")
    assert Counter(mails.values_list("reason", flat=True)) == {
        Reason.SCHEDULER_DOWN: 3,
        Reason.HANDED_OVER: 1,
    }
    assert SimulatedMail.objects.count() == 1
    unsent = Message.objects.filter(reason=Reason.SCHEDULER_DOWN).count()
    assert tell_unsent(now=after) == 1
    assert tell_unsent(now=after + timedelta(minutes=10)) == 0
    send_account_mails(now=after)
    told = SimulatedMail.objects.get(address="owner@example.org")
    assert str(unsent) in bytes(told.source).decode()
    assert AccountMail.objects.count() == 1


def test_nothing_is_told_while_the_queue_is_being_worked_off(three_days, now):
    after = now + timedelta(days=3)
    Message.objects.filter(send_at__isnull=False).order_by("id").first().delete()
    Message.objects.filter(pk=Message.objects.order_by("id").first().pk).update(
        reason=Reason.SCHEDULER_DOWN, send_at=None, settled_at=after
    )
    assert tell_unsent(now=after) == 0


def test_of_a_line_that_was_down_owners_hear_the_truth_and_once(
    make_appointment, tell, settings, sink, owner, now
):
    """While it is down they hear nothing, for more may follow; if it stays down, after a day."""
    for hours in (1, 30, 50):
        tell(
            events.AppointmentBooked,
            make_appointment(starts_at=now + timedelta(hours=hours)),
            by="staff",
        )
    Message.objects.exclude(recipient="client").delete()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    told = []
    for hour in (0, 1, 2, 24, 26):
        at = now + timedelta(hours=hour)
        # A worker lives all the time: it has just looked.
        Message.objects.filter(send_at__lte=at).update(send_at=at)
        send_due(now=at)
        told.append(tell_unsent(now=at))
    assert told == [0, 0, 0, 0, 1]
    settings.EMAIL_PORT = port
    send_account_mails(now=now + timedelta(hours=27))
    words = email.message_from_bytes(sink.accepted[0], policy=default)
    text = " ".join(words.get_body(("plain",)).get_content().split())
    assert "1 mensaje no pudo salir porque no se pudo conectar con el servidor de correo" in text
    assert "programa que envía" not in text


def test_a_day_on_which_all_left_is_told_to_nobody(make_appointment, tell, now, owner):
    tell(events.AppointmentBooked, make_appointment(), by="staff")
    send_due(now=now)
    assert tell_unsent(now=now + timedelta(hours=1)) == 0
