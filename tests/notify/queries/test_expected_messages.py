"""The forecast is the promise: what it says is what planning then writes, and what sending then does."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils.translation import override

from clientela.booking import events
from clientela.booking.models import Channel, Status
from clientela.business.models import BookingPolicy, NotificationGate
from clientela.notify.gate import Standing
from clientela.notify.models import Message, Reason, Rule
from clientela.notify.queries.expected_messages import (
    SENTENCES,
    UNSENT,
    UNSENT_TO_STAFF,
    expected_messages,
)
from clientela.notify.queries.standing import (
    contact_of,
    standing_of,
    standing_of_card,
)
from clientela.people.models import Identifier, NotifyBy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_facts")]
STRANGER = Standing(gate=NotificationGate.OWN_BOOKING, is_own=True)


@pytest.mark.req("L8")
@pytest.mark.parametrize("has_email", [True, False])
@pytest.mark.parametrize("needs_approval", [True, False])
def test_what_is_forecast_for_the_client_is_what_is_planned(
    business, service, make_appointment, tell, has_email, needs_approval
):
    service.needs_approval = needs_approval
    forecast = expected_messages(
        business=business, service=service, guest_has_email=has_email, standing=STRANGER
    )
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


FACTS = {
    Rule.CONFIRMATION: (events.AppointmentBooked, {}),
    Rule.REQUEST_RECEIVED: (events.AppointmentRequested, {}),
    Rule.REQUEST_CONFIRMED: (events.RequestConfirmed, {}),
    Rule.REQUEST_DECLINED: (events.RequestDeclined, {}),
    Rule.CHANGE: (events.AppointmentRescheduled, {}),
    Rule.CANCELLATION: (events.AppointmentCancelled, {"because": "in-time"}),
}


@pytest.mark.req("L8", "S1.48")
@pytest.mark.parametrize("gate", list(NotificationGate))
def test_for_every_standing_the_forecast_says_what_planning_writes_for_every_rule(
    business, service, client_card, make_appointment, tell, now, gate
):
    BookingPolicy.objects.update(notification_gate=gate)
    seen = set()
    for channel, is_activated, is_verified, notify_by in product(
        Channel, (False, True), (False, True), NotifyBy
    ):
        client_card.activated_at = now if is_activated else None
        client_card.notify_by = notify_by
        client_card.save()
        Identifier.objects.update(verified_at=now if is_verified else None)
        appointment = make_appointment(channel=channel)
        standing = standing_of(appointment=appointment, contact=contact_of(appointment), gate=gate)
        (first, *_) = expected_messages(
            business=business, service=service, guest_has_email=True, standing=standing
        )
        for rule, (kind, fields) in FACTS.items():
            moved = {
                "previous_starts_at": appointment.starts_at,
                "previous_location_id": appointment.location_id,
                "previous_professional_id": appointment.professional_id,
            }
            tell(kind, appointment, **(moved if rule is Rule.CHANGE else fields))
        rows = Message.objects.filter(appointment=appointment, recipient="client")
        assert {row.rule: row.reason for row in rows} == dict.fromkeys(FACTS, first.reason)
        seen.add(first.reason)
    # The table is not empty talk: each gate lets some through and holds some back.
    assert Reason.QUEUED in seen
    assert seen & {Reason.NOT_ACTIVATED, Reason.POLICY_GATE}
    assert Reason.CHANNEL_OFF_BY_CLIENT in seen


def test_a_card_is_forecast_as_the_staffs_booking_will_be_planned(
    business, service, client_card, make_appointment, tell, now
):
    contact, standing = standing_of_card(business=business, card=client_card)
    assert contact.address == "ana@example.com"
    lines = expected_messages(
        business=business, service=service, guest_has_email=True, standing=standing
    )
    tell(events.AppointmentBooked, make_appointment(channel=Channel.STAFF), by="staff")
    assert [line.reason for line in lines] == [Message.objects.get().reason]
    assert lines[0].reason is Reason.NOT_ACTIVATED
    assert "welcome email" in lines[0].sentence_for_staff


def test_staff_who_book_what_needs_approval_are_told_of_a_confirmation(
    business, service, client_card, now
):
    service.needs_approval = True
    Identifier.objects.update(verified_at=now)
    _, standing = standing_of_card(business=business, card=client_card)
    lines = expected_messages(
        business=business, service=service, guest_has_email=True, standing=standing
    )
    assert [line.rule for line in lines] == [Rule.CONFIRMATION, Rule.CHANGE]


def test_without_an_address_the_forecast_says_so_and_nothing_else(business, service):
    (line,) = expected_messages(
        business=business, service=service, guest_has_email=False, standing=STRANGER
    )
    assert (line.reason, line.will_be_sent) == (Reason.NO_ADDRESS, False)
    assert line.sentence == "No email: there is no address to send it to"


@pytest.mark.parametrize("language", ["es", "it"])
@pytest.mark.parametrize("words", [SENTENCES, UNSENT, UNSENT_TO_STAFF])
def test_every_sentence_is_translated(language, words):
    english = [str(one) for one in words.values()]
    with override(language):
        assert not set(english) & {str(one) for one in words.values()}


def test_every_line_has_a_sentence(business, service):
    standings = [
        STRANGER,
        Standing(gate=NotificationGate.ACTIVATED_ONLY, is_own=True),
        Standing(gate=NotificationGate.VERIFIED_CONTACT, is_own=True),
        Standing(gate=NotificationGate.OWN_BOOKING, is_own=True, notify_by=NotifyBy.NONE),
    ]
    for needs_approval, has_email, standing in product((True, False), (True, False), standings):
        service.needs_approval = needs_approval
        for line in expected_messages(
            business=business, service=service, guest_has_email=has_email, standing=standing
        ):
            for said in (line.sentence, line.sentence_for_staff):
                assert said
                assert "%(" not in said
