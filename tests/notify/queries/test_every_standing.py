"""However a client stands to the gate, the forecast says what planning then writes, whatever happens to the appointment."""

from __future__ import annotations

from itertools import product

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Channel
from clientela.business.models import BookingPolicy, NotificationGate
from clientela.notify.models import Message, Reason, Rule
from clientela.notify.occasions import Fact
from clientela.notify.queries.forecast import for_client, forecast_of
from clientela.people.models import Identifier, NotifyBy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_facts")]

FACTS = {
    Rule.CONFIRMATION: (events.AppointmentBooked, {}),
    Rule.REQUEST_RECEIVED: (events.AppointmentRequested, {}),
    Rule.REQUEST_CONFIRMED: (events.RequestConfirmed, {}),
    Rule.REQUEST_DECLINED: (events.RequestDeclined, {}),
    Rule.CHANGE: (events.AppointmentRescheduled, {}),
    Rule.CANCELLATION: (events.AppointmentCancelled, {"because": "in-time"}),
}


def foretold(appointment: Appointment, now) -> Reason:
    """What the confirmation to the client would come to."""
    rows = Appointment.objects.select_related("business", "client", "professional__account")
    lines = forecast_of(appointment=rows.get(pk=appointment.pk), fact=Fact.BOOKED, now=now)
    (line,) = [one for one in for_client(lines) if one.rule is Rule.CONFIRMATION]
    return line.reason


@pytest.mark.req("L8", "S1.48")
@pytest.mark.parametrize("gate", list(NotificationGate))
def test_for_every_standing_the_forecast_says_what_planning_writes_for_every_rule(
    business, client_card, make_appointment, tell, now, gate
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
        reason = foretold(appointment, now)
        for rule, (kind, fields) in FACTS.items():
            moved = {
                "previous_starts_at": appointment.starts_at,
                "previous_location_id": appointment.location_id,
                "previous_professional_id": appointment.professional_id,
            }
            tell(kind, appointment, **(moved if rule is Rule.CHANGE else fields))
        rows = Message.objects.filter(appointment=appointment, recipient="client")
        assert {row.rule: row.reason for row in rows} == dict.fromkeys(FACTS, reason)
        seen.add(reason)
    # The table is not empty talk: each gate lets some through and holds some back.
    assert Reason.QUEUED in seen
    assert seen & {Reason.NOT_ACTIVATED, Reason.POLICY_GATE}
    assert Reason.CHANNEL_OFF_BY_CLIENT in seen
