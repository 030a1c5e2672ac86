"""Planning: one row for everybody who should hear, and why some will not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.booking.models import Status
from clientela.business.models import Professional, Resource, ResourceKind
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.people.models import Identifier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_facts")]


def rows() -> set[tuple[str, str, str, str]]:
    return set(Message.objects.values_list("recipient", "rule", "reason", "address"))


def test_a_guests_booking_is_told_to_client_professional_and_desk(appointment, tell):
    tell(events.AppointmentBooked, appointment)
    assert rows() == {
        ("client", "confirmation", "queued", "ana@example.com"),
        ("professional", "staff-booked", "queued", "irene@example.org"),
        ("desk", "staff-booked", "queued", "mostrador@example.org"),
    }


@pytest.mark.parametrize("by", ["staff", "system"])
def test_what_the_staff_do_themselves_is_told_to_the_client_only(appointment, tell, by):
    tell(events.AppointmentBooked, appointment, by=by)
    assert rows() == {("client", "confirmation", "queued", "ana@example.com")}


@pytest.mark.parametrize(
    ("kind", "fields", "client_rule", "staff_rule"),
    [
        (events.AppointmentBooked, {}, Rule.CONFIRMATION, Rule.STAFF_BOOKED),
        (events.AppointmentRequested, {}, Rule.REQUEST_RECEIVED, Rule.STAFF_REQUESTED),
        (events.RequestConfirmed, {}, Rule.REQUEST_CONFIRMED, None),
        (events.RequestDeclined, {}, Rule.REQUEST_DECLINED, None),
        (
            events.AppointmentCancelled,
            {"because": "in-time"},
            Rule.CANCELLATION,
            Rule.STAFF_CANCELLED,
        ),
    ],
)
def test_the_rows_are_rules_by_recipients(appointment, tell, kind, fields, client_rule, staff_rule):
    tell(kind, appointment, **fields)
    expected = {(Recipient.CLIENT, client_rule)}
    if staff_rule:
        expected |= {(Recipient.PROFESSIONAL, staff_rule), (Recipient.DESK, staff_rule)}
    assert set(Message.objects.values_list("recipient", "rule")) == expected


def test_the_same_fact_heard_twice_makes_no_second_row(appointment, tell):
    tell(events.AppointmentBooked, appointment)
    first = set(Message.objects.values_list("pk", "message_id"))
    tell(events.AppointmentBooked, appointment)
    assert set(Message.objects.values_list("pk", "message_id")) == first


def test_a_client_without_an_address_has_a_row_that_says_so(appointment, tell, now):
    Identifier.objects.all().delete()
    tell(events.AppointmentBooked, appointment)
    row = Message.objects.get(recipient=Recipient.CLIENT)
    assert (row.reason, row.address, row.send_at, row.settled_at) == (
        Reason.NO_ADDRESS,
        "",
        None,
        now,
    )


def test_an_address_that_takes_no_messages_is_no_address(appointment, tell):
    Identifier.objects.update(for_notifications=False)
    tell(events.AppointmentBooked, appointment)
    assert Message.objects.get(recipient=Recipient.CLIENT).reason == Reason.NO_ADDRESS


def test_one_address_among_the_staff_hears_once(appointment, business, tell):
    business.email = "IRENE@example.org"
    business.save()
    tell(events.AppointmentBooked, appointment)
    reasons = dict(Message.objects.values_list("recipient", "reason"))
    assert reasons["professional"] == Reason.QUEUED
    assert reasons["desk"] == Reason.DUPLICATE_SUPPRESSED
    assert reasons["client"] == Reason.QUEUED


def test_an_appointment_entered_after_it_took_place_is_not_announced(make_appointment, tell, now):
    past = make_appointment(starts_at=now - timedelta(days=1))
    tell(events.AppointmentBooked, past, by="staff")
    assert rows() == {("client", "confirmation", "too_close", "ana@example.com")}


def test_the_booking_address_counts_while_it_stands_on_the_card(
    appointment, client_card, tell, now
):
    Identifier.objects.create(
        business=client_card.business,
        client=client_card,
        kind="email",
        value="ana.trabajo@example.com",
        written="ana.trabajo@example.com",
        created_at=now + timedelta(days=1),
    )
    appointment.address_used = "ana.trabajo@example.com"
    appointment.save()
    tell(events.AppointmentBooked, appointment)
    assert Message.objects.get(recipient="client").address == "ana.trabajo@example.com"
    Identifier.objects.filter(value="ana.trabajo@example.com").delete()
    appointment.sequence = 1
    appointment.save()
    tell(events.AppointmentCancelled, appointment, because="in-time")
    assert Message.objects.get(recipient="client", occurrence=1).address == "ana@example.com"


@pytest.mark.parametrize(
    ("appointment_language", "card_language", "expected"),
    [("it", "en", "it"), ("", "en", "en"), ("", "", "es")],
)
def test_the_language_is_the_bookings_then_the_cards_then_the_businesss(
    make_appointment, client_card, tell, appointment_language, card_language, expected
):
    client_card.language = card_language
    client_card.save()
    tell(events.AppointmentBooked, make_appointment(language=appointment_language))
    assert Message.objects.get(recipient="client").language == expected


@pytest.mark.req("S4.16", "S4.17", "S4.27")
@pytest.mark.parametrize(
    ("mode", "booking_zone", "card_zone", "expected"),
    [
        ("locked", "America/New_York", "Asia/Tokyo", "Europe/Madrid"),
        ("client-chooses", "America/New_York", "Asia/Tokyo", "America/New_York"),
        ("client-chooses", "", "Asia/Tokyo", "Asia/Tokyo"),
        ("client-chooses", "", "", "Europe/Madrid"),
    ],
)
def test_the_client_is_written_to_in_the_zone_that_the_rule_chooses(
    make_appointment, business, client_card, tell, mode, booking_zone, card_zone, expected
):
    from clientela.business.models import BookingPolicy  # noqa: PLC0415 -- one use

    BookingPolicy.objects.filter(business=business).update(zone_mode=mode)
    client_card.zone = card_zone
    client_card.save()
    tell(events.AppointmentBooked, make_appointment(zone=booking_zone))
    zones = dict(Message.objects.values_list("recipient", "zone"))
    assert zones == {
        "client": expected,
        "professional": "Europe/Madrid",
        "desk": "Europe/Madrid",
    }


def test_the_professional_who_loses_an_appointment_is_told_too(
    appointment, business, professional, tell, now
):
    resource = Resource.objects.create(
        business=business, kind=ResourceKind.PROFESSIONAL, name="Tomás"
    )
    before = Professional.objects.create(
        business=business, resource=resource, email="tomas@example.org"
    )
    appointment.sequence = 1
    appointment.save()
    tell(
        events.AppointmentRescheduled,
        appointment,
        previous_starts_at=appointment.starts_at - timedelta(days=1),
        previous_location_id=appointment.location_id,
        previous_professional_id=before.pk,
    )
    told = Message.objects.filter(recipient="professional").values_list("address", flat=True)
    assert set(told) == {"irene@example.org", "tomas@example.org"}


def test_facts_hold_ids_moments_and_words_only(appointment, tell):
    appointment.status = Status.CANCELLED
    appointment.save()
    tell(events.AppointmentCancelled, appointment, because="in-time")
    assert Message.objects.get(recipient="client").facts == {"by": "guest", "because": "in-time"}
