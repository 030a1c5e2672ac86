"""What the database refuses whoever asks: no attempt at a client without the word that allows it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from clientela.booking import events
from clientela.notify.guards import without_consent
from clientela.notify.models import Attempt, Message, Outcome
from clientela.people.models import Consent
from clientela.platform.guards import taken_down

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]


@pytest.fixture
def message(appointment, tell) -> Message:
    tell(events.AppointmentBooked, appointment, by="staff")
    Message.objects.update(consent=None)
    return Message.objects.get(recipient="client")


def begin(message: Message, outcome: Outcome = Outcome.OPEN) -> Attempt:
    with transaction.atomic():
        return Attempt.objects.create(
            business=message.business,
            message=message,
            number=1,
            outcome=outcome,
            started_at=message.created_at,
        )


def test_an_attempt_at_a_client_without_consent_is_refused(message):
    with pytest.raises(DatabaseError, match="attempt_without_consent"):
        begin(message)


def test_with_the_guard_taken_down_the_same_attempt_is_written(message):
    with taken_down(without_consent.name, why="a negative control"):
        assert begin(message).pk


def test_with_consent_and_for_staff_and_for_what_cannot_leave_it_is_written(message):
    assert begin(message, Outcome.REFUSED).pk
    Attempt.objects.all().delete()
    Message.objects.update(consent=Consent.objects.get())
    assert begin(message).pk
    Attempt.objects.all().delete()
    Message.objects.update(consent=None, recipient="desk")
    assert begin(message).pk
