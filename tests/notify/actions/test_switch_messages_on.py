"""A copied business sends nothing about appointments until its owner says so: the first may remind the same people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM, at
from tests.notify.actions.test_keep_file_messages import NOTHING

from clientela.booking.models import Appointment
from clientela.business.file_parts import FileIds
from clientela.business.models import Business, Location
from clientela.notify.actions.keep_file_messages import keep_file_messages
from clientela.notify.actions.switch_messages_on import switch_messages_on
from clientela.notify.checks.flow import copies_are_switched_on
from clientela.notify.diagnosis.diagnose import diagnose
from clientela.notify.diagnosis.finding import Reader
from clientela.notify.errors import WorkerDead
from clientela.notify.models import Message, MessagePolicy, Reason, SimulatedMail
from clientela.notify.queries.forecast import forecast_of
from clientela.notify.queries.held_copies import HELD_COPY, held_copy
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, NotifyBy
from clientela.platform import worker
from clientela.platform.doctor import Grade
from clientela.platform.jobs import WorkerHeartbeat
from clientela.platform.models import OutboxEvent

pytestmark = pytest.mark.django_db
VISIT = at("2026-11-26 10:00")


@pytest.fixture
def copied(business: Business, location: Location) -> Appointment:
    """Ana's appointment on Thursday, taken over from a file as the import of a copy does it: no event tells of it."""
    service = factories.make_service(
        business, professionals=(factories.make_professional(business),)
    )
    card = factories.make_client(business)
    Client.objects.filter(pk=card.pk).update(activated_at=NOW)
    set_preferences(client=card, notify_by=NotifyBy.EMAIL, how=How.STAFF, by=SYSTEM, now=NOW)
    made = factories.book(service, VISIT, client=card, by=STAFF).appointment
    OutboxEvent.objects.all().delete()
    keep(business, is_copy=True)
    return made


def keep(business: Business, *, is_copy: bool) -> None:
    with transaction.atomic():
        ids = FileIds(business.pk, {}, is_copy=is_copy)
        keep_file_messages(part=NOTHING, ids=ids, now=NOW)


def turn(now) -> None:
    WorkerHeartbeat.objects.update_or_create(
        process="here", defaults={"started_at": now, "beat_at": now}
    )
    for _ in range(4):
        worker.run_once(now)


@pytest.mark.req("S4.1")
def test_of_what_a_copy_took_over_nobody_is_reminded_and_the_rows_say_why(
    business: Business, copied: Appointment
) -> None:
    for hours in (0, 48, 51, 60):
        turn(NOW + timedelta(hours=hours))
    assert not SimulatedMail.objects.exists()
    said = set(Message.objects.values_list("reason", "because"))
    assert said == {(Reason.RULE_DISABLED, HELD_COPY)}
    promised = forecast_of(appointment=copied, now=NOW)
    assert promised
    assert {line.because for line in promised} == {HELD_COPY}
    found = diagnose(appointment=copied, reader=Reader.STAFF, now=NOW)
    assert found.cause is not None
    assert (found.cause.check, found.cause.answer.word) == ("sending-released", "copy")


def test_an_owner_switches_it_on_and_the_reminder_leaves_at_its_time_once(
    business: Business, copied: Appointment
) -> None:
    turn(NOW)
    held = held_copy(business=business, now=NOW)
    assert held is not None
    assert (held.since, held.appointments, held.clients) == (NOW, 1, 1)
    (finding,) = copies_are_switched_on(NOW)
    assert (finding.grade, business.slug in finding.text) == (Grade.WARN, True)
    assert switch_messages_on(business=business, by=STAFF, now=NOW)
    assert not switch_messages_on(business=business, by=STAFF, now=NOW), "once"
    assert held_copy(business=business, now=NOW) is None
    (finding,) = copies_are_switched_on(NOW)
    assert finding.grade is Grade.OK
    turn(NOW + timedelta(minutes=1))
    assert not SimulatedMail.objects.exists(), "what it would have confirmed is no news"
    for hours in (48, 51, 60):
        turn(NOW + timedelta(hours=hours))
    to_ana = SimulatedMail.objects.filter(address="ana@example.com")
    assert to_ana.count() == 1


def test_while_nobody_is_awake_it_stays_off(business: Business, copied: Appointment) -> None:
    with pytest.raises(WorkerDead):
        switch_messages_on(business=business, by=STAFF, now=NOW)
    assert MessagePolicy.objects.get().held_since == NOW


def test_a_move_holds_nothing_and_a_copy_without_appointments_ahead_neither(
    business: Business, copied: Appointment
) -> None:
    keep(business, is_copy=False)
    assert MessagePolicy.objects.get().held_since is None
    Appointment.objects.update(status="cancelled")
    keep(business, is_copy=True)
    assert MessagePolicy.objects.get().held_since is None
