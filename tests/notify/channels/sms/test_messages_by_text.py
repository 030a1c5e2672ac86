"""A client's messages as texts, through the whole of sending: counted, delivered or not, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import NOW as TODAY
from tests.notify.conftest import NOW
from tests.notify.texting import ANA, fault, make_gateway, shown, trouble, writes

from clientela.booking import events
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.notify.actions.begin_attempts import LEASE
from clientela.notify.actions.send_due import send_due
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.models import Message, Rule, TextGateway
from clientela.notify.text_budget import spent_in_month
from clientela.people.models import Client, Consent, How, Identifier, IdentifierKind, NotifyBy
from clientela.platform import failpoints

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    return make_gateway(business)


@pytest.fixture
def texted(client_card: Client, business: Business) -> Client:
    """Ana, who is activated and wants texts as well."""
    Client.objects.update(notify_by=NotifyBy.EMAIL_AND_SMS, activated_at=NOW - timedelta(days=9))
    Identifier.objects.create(
        business=business,
        client=client_card,
        kind=IdentifierKind.PHONE,
        value=ANA,
        written=ANA,
        created_at=NOW,
    )
    Consent.objects.create(
        business=business,
        client=client_card,
        notify_by=NotifyBy.EMAIL_AND_SMS,
        how=How.PREFERENCES,
        text_version="test",
        at=NOW,
    )
    return client_card


@pytest.fixture
def moved(
    gateway: TextGateway, texted: Client, appointment: Appointment, tell: Callable[..., None]
) -> Appointment:
    """Her appointment was moved, which a text tells."""
    tell(
        events.AppointmentRescheduled,
        appointment,
        by="staff",
        previous_starts_at=appointment.starts_at - timedelta(days=1),
        previous_professional_id=appointment.professional_id,
        previous_location_id=appointment.location_id,
    )
    return appointment


def work(now: Any = NOW) -> None:
    while send_due(now=now) or tell_simulated_texts(now=now):
        pass


def the_text() -> Message:
    return Message.objects.get(channel="sms", rule=Rule.CHANGE)


@pytest.mark.req("MSG-03")
def test_a_change_is_told_by_a_text_that_is_counted_and_said_to_be_delivered_when_it_was(
    moved: Appointment, gateway: TextGateway
) -> None:
    assert (the_text().reason, the_text().address) == ("queued", ANA)
    send_due(now=NOW)
    text = the_text()
    assert (text.reason, text.provider, text.segments > 0) == ("handed_over", "simulator", True)
    assert text.cost_minor == text.segments * 8
    assert text.consent is not None
    work()
    assert the_text().reason == "delivered"
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == text.cost_minor
    (words,) = shown()
    assert "Fisio Norte" in words
    assert "STOP" in words


@pytest.mark.parametrize(
    ("kind", "reason", "known"),
    [
        ("landline", "landline", "landline"),
        ("invalid", "invalid_number", "invalid"),
        ("opted-out", "opted_out", "stopped"),
        ("filtered", "carrier_filtered", ""),
        ("reject", "provider_error", ""),
        ("timeout-after-accept", "delivered", ""),
        ("lost-receipt", "unknown", ""),
        ("500", "unknown", ""),
        ("no-receipt", "handed_over", ""),
    ],
)
@pytest.mark.req("MSG-03", "S4.6", "S4.9")
def test_every_fault_of_a_carrier_ends_with_its_reason(
    moved: Appointment, kind: str, reason: str, known: str
) -> None:
    fault(kind)
    for hours in range(4):
        work(NOW + timedelta(hours=hours))
    assert (the_text().reason, trouble()) == (reason, known)
    assert len(shown()) <= 1


def test_a_busy_carrier_is_asked_again_and_counted_once(
    moved: Appointment, gateway: TextGateway
) -> None:
    fault("429", times=2)
    for minutes in range(8):
        work(NOW + timedelta(minutes=minutes))
    assert (the_text().reason, len(shown())) == ("delivered", 1)
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == the_text().cost_minor


@pytest.mark.req("MSG-04")
@pytest.mark.parametrize("place", ["notify.sms.answered", "notify.send.after-hand-over"])
def test_a_worker_that_dies_after_the_carrier_took_it_sends_no_second(
    moved: Appointment, place: str
) -> None:
    Message.objects.exclude(channel="sms").delete()
    failpoints.arm(f"{place}=raise")
    try:
        with pytest.raises(failpoints.FailpointError):
            send_due(now=NOW)
    finally:
        failpoints.arm("")
    for turn in range(1, 4):
        send_due(now=NOW + (LEASE + timedelta(minutes=1)) * turn)
    assert (the_text().reason, the_text().send_at, len(shown())) == ("unknown", None, 1)
    work(NOW + timedelta(hours=2))
    assert (the_text().reason, len(shown())) == ("delivered", 1)


@pytest.mark.req("MSG-11", "S4.11")
def test_a_stop_that_comes_while_the_text_waits_counts(
    moved: Appointment, gateway: TextGateway
) -> None:
    writes(gateway, "STOP", now=NOW)
    work()
    assert (the_text().reason, shown()) == ("opted_out", [])


@pytest.mark.req("ABU-02")
@pytest.mark.parametrize(
    ("change", "because"),
    [({"cap_minor": 7}, "monthly-cap"), ({"countries": ["IT"]}, "country-off")],
)
def test_what_the_budget_forbids_says_so(
    moved: Appointment, gateway: TextGateway, change: dict[str, Any], because: str
) -> None:
    TextGateway.objects.update(**change)
    work()
    assert (the_text().reason, the_text().because) == ("policy_gate", because)
    assert spent_in_month(business_id=gateway.business_id, now=NOW) == 0


@pytest.mark.req("ABU-02")
def test_no_number_gets_more_than_three_in_a_day(
    gateway: TextGateway, texted: Client, make_appointment: Any, tell: Callable[..., None]
) -> None:
    for days in range(5):
        one = make_appointment(starts_at=TODAY + timedelta(days=3 + days))
        tell(events.AppointmentCancelled, one, by="staff", because="closed")
    Appointment.objects.update(status="cancelled")
    work()
    texts = Message.objects.filter(channel="sms", rule=Rule.CANCELLATION)
    found = sorted(texts.values_list("reason", "because"))
    assert found == [("delivered", "")] * 3 + [("policy_gate", "number-limit")] * 2
    assert len(shown()) == 3
