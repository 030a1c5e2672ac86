"""The forecast is the promise: what it says is what planning then writes."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from clientela.booking import events
from clientela.booking.models import Status
from clientela.notify.models import Message, Reason
from clientela.notify.queries.expected_messages import SENTENCES, expected_messages
from clientela.people.models import Identifier

pytestmark = pytest.mark.django_db


@pytest.mark.req("L8")
@pytest.mark.parametrize("has_email", [True, False])
@pytest.mark.parametrize("needs_approval", [True, False])
def test_what_is_forecast_for_the_client_is_what_is_planned(
    business, service, make_appointment, tell, has_email, needs_approval
):
    service.needs_approval = needs_approval
    forecast = expected_messages(business=business, service=service, guest_has_email=has_email)
    if not has_email:
        Identifier.objects.all().delete()
    appointment = make_appointment(status=Status.REQUESTED if needs_approval else Status.CONFIRMED)
    kind = events.AppointmentRequested if needs_approval else events.AppointmentBooked
    tell(kind, appointment)
    planned = Message.objects.get(recipient="client")
    at_once = [line for line in forecast if line.when == "at-once"]
    assert [(line.rule, line.channel, line.reason) for line in at_once] == [
        (planned.rule, planned.channel, planned.reason)
    ]


def test_without_an_address_the_forecast_says_so_and_nothing_else(business, service):
    (line,) = expected_messages(business=business, service=service, guest_has_email=False)
    assert (line.reason, line.will_be_sent) == (Reason.NO_ADDRESS, False)
    assert line.sentence == "No email: there is no address to send it to"


@pytest.mark.parametrize("language", ["es", "it"])
def test_every_sentence_is_translated(language):
    english = [str(words) for words in SENTENCES.values()]
    with override(language):
        assert not set(english) & {str(words) for words in SENTENCES.values()}


def test_every_line_has_a_sentence(business, service):
    for needs_approval in (True, False):
        service.needs_approval = needs_approval
        for has_email in (True, False):
            for line in expected_messages(
                business=business, service=service, guest_has_email=has_email
            ):
                assert line.sentence
                assert "%(" not in line.sentence
