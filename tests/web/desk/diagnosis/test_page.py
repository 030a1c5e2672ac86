"""The desk asks why a message did not arrive, and mends it with one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at, book, make_client

from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy, Business, NotificationGate, Professional
from clientela.catalogue.models import Service
from clientela.notify.actions.change_address_state import change_address_state, note_delivered
from clientela.notify.models import (
    AccountMail,
    AddressState,
    DirectText,
    GatewayName,
    Message,
    Reason,
    Recipient,
    SenderKind,
    TextGateway,
    TextPurpose,
    Trouble,
)
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy
from clientela.platform.jobs import WorkerHeartbeat
from clientela.platform.tenancy import system_scope
from clientela.platform.worker import hear_due_events


@pytest.fixture
def visit(service: Service, client_card: Client) -> Appointment:
    """Ana's, the day after tomorrow at ten; a worker has planned her messages."""
    Identifier.objects.filter(client=client_card).update(verified_at=NOW)
    made = book(service, at("2026-11-25 10:00"), client=client_card).appointment
    with system_scope("a worker's turn"):
        hear_due_events(NOW)
        WorkerHeartbeat.objects.create(process="here", started_at=NOW, beat_at=NOW)
    return made


@pytest.fixture
def asked(home: str, visit: Appointment) -> str:
    return f"{home}appointments/{visit.pk}/diagnose/"


@pytest.fixture
def press(at_desk: Browser, home: str, visit: Appointment) -> Callable[..., object]:
    """Give a function that presses a way out on the page of the appointment."""

    def pressed(fix: str, *messages: Message):
        return at_desk.post(
            f"{home}clients/{visit.client_id}/diagnose/fix/",
            {
                "fix": fix,
                "appointment": str(visit.pk),
                "message": [str(one.pk) for one in messages],
            },
        )

    return pressed


def verdicts(browser: Browser, page: str) -> dict[str, str]:
    text = browser.get(page).content.decode()
    pieces = text.split('data-check="')[1:]
    return {one.split('"')[0]: one.split('data-verdict="')[1].split('"')[0] for one in pieces}


@pytest.mark.req("S4.2")
@pytest.mark.req("S4.28")
def test_staff_ask_about_an_appointment_and_a_client(
    at_desk: Browser, home: str, asked: str, client_card: Client
) -> None:
    found = verdicts(at_desk, asked)
    assert found["worker-alive"] == "pass"
    assert found["email-folders"] == "unknown"
    assert "fail" not in found.values()
    of_client = verdicts(at_desk, f"{home}clients/{client_card.pk}/diagnose/?channel=sms")
    assert "email-address" not in of_client
    assert of_client["texts-sent"] == "fail"


def test_the_ways_there_stand_beside_the_messages(
    at_desk: Browser, home: str, visit: Appointment
) -> None:
    page = at_desk.get(f"{home}appointments/{visit.pk}/").content.decode()
    assert f"{home}appointments/{visit.pk}/diagnose/" in page
    page = at_desk.get(f"{home}clients/{visit.client_id}/messages/").content.decode()
    assert f"{home}clients/{visit.client_id}/diagnose/" in page


def test_a_failed_message_is_sent_again_and_the_same_check_passes(
    at_desk: Browser, asked: str, press
) -> None:
    message = Message.objects.get(recipient=Recipient.CLIENT, channel="email", rule="confirmation")
    Message.objects.filter(pk=message.pk).update(reason=Reason.PROVIDER_ERROR, send_at=None)
    assert verdicts(at_desk, asked)["mail-server"] == "fail"
    assert press("send-again", message).status_code == 302
    message.refresh_from_db()
    assert message.reason == Reason.QUEUED
    assert verdicts(at_desk, asked)["mail-server"] == "pass"
    again = press("send-again", message)
    assert again.status_code == 409
    assert "This is how it stands now." in again.content.decode()


def test_a_bounced_address_is_opened_again(at_desk: Browser, asked: str, press, visit) -> None:
    change_address_state(
        business_id=visit.business_id,
        channel="email",
        address="ana@example.com",
        trouble=Trouble.BOUNCED,
        because="receipt",
        now=NOW,
    )
    assert verdicts(at_desk, asked)["email-accepted"] == "fail"
    assert press("open-email").status_code == 302
    assert AddressState.objects.get().because == "staff"
    assert verdicts(at_desk, asked)["email-accepted"] == "pass"


@pytest.mark.req("S4.25")
def test_what_the_client_says_on_the_telephone_is_kept_as_evidence(
    at_desk: Browser, asked: str, press, client_card: Client
) -> None:
    Client.objects.filter(pk=client_card.pk).update(notify_by=NotifyBy.NONE)
    assert verdicts(at_desk, asked)["channel-chosen"] == "fail"
    assert press("choose-email").status_code == 302
    said = Consent.objects.filter(client=client_card).latest("at", "id")
    assert (said.notify_by, said.how) == (NotifyBy.EMAIL, How.STAFF)
    assert verdicts(at_desk, asked)["channel-chosen"] == "pass"


def test_a_test_goes_to_the_client_three_times_an_hour(press, visit: Appointment) -> None:
    for _ in range(3):
        assert press("test-mail").status_code == 302
    refused = press("test-mail")
    assert refused.status_code == 409
    assert "several tests within the hour" in refused.content.decode()
    assert AccountMail.objects.filter(kind="trial", address="ana@example.com").count() == 3


@pytest.mark.parametrize("fix", ["open-number", "welcome", "mail-start", "nonsense", ""])
def test_what_the_page_does_not_offer_cannot_be_pressed(press, fix: str) -> None:
    assert press(fix).status_code == 409
    assert AccountMail.objects.count() == 0


def test_a_message_of_somebody_else_is_not_sent_again(
    press, business: Business, service: Service
) -> None:
    other = make_client(business, "Otto", "otto@example.com")
    book(service, at("2026-11-26 10:00"), client=other)
    with system_scope("a worker's turn"):
        hear_due_events(NOW)
    theirs = Message.objects.filter(recipient_id=other.pk, rule="confirmation").get()
    Message.objects.filter(pk=theirs.pk).update(reason=Reason.PROVIDER_ERROR, send_at=None)
    assert press("send-again", theirs).status_code == 409
    theirs.refresh_from_db()
    assert theirs.reason == Reason.PROVIDER_ERROR


def test_another_clients_appointment_cannot_be_named(
    at_desk: Browser, home: str, visit: Appointment, business: Business
) -> None:
    other = make_client(business, "Otto", "otto@example.com")
    page = f"{home}clients/{other.pk}/diagnose/fix/"
    for named in (str(visit.pk), "nonsense"):
        given = {"fix": "test-mail", "appointment": named}
        assert at_desk.post(page, given).status_code == 404


def test_a_professional_asks_about_their_own_and_an_outsider_about_nobody(
    sit: Callable[..., Browser],
    home: str,
    visit: Appointment,
    asked: str,
    professional_member: Person,
    outsider: Person,
    colleague: Professional,
    shared_service: Service,
) -> None:
    mine = sit(professional_member)
    assert mine.get(asked).status_code == 200
    theirs = book(
        shared_service, at("2026-11-26 10:00"), client=visit.client, professional=colleague
    ).appointment
    with system_scope("a worker's turn"):
        hear_due_events(NOW + timedelta(minutes=1))
    assert mine.get(f"{home}appointments/{theirs.pk}/diagnose/").status_code == 404
    page = mine.get(f"{home}clients/{visit.client_id}/diagnose/").content.decode()
    assert page.count("Confirmation by email") == 1
    stranger = sit(outsider)
    assert stranger.get(asked).status_code == 404
    assert stranger.get(f"{home}clients/{visit.client_id}/diagnose/").status_code == 404


def test_an_owner_is_led_to_the_settings_that_mend(
    sit: Callable[..., Browser], owner: Person, home: str, visit: Appointment, service: Service
) -> None:
    page = f"{home}clients/{visit.client_id}/diagnose/?channel=sms"
    assert f'{home}settings/texts/"' in sit(owner).get(page).content.decode()


def test_a_device_abroad_is_said(sit: Callable[..., Browser], desk: Person, asked: str) -> None:
    assert verdicts(sit(desk, zone="Asia/Tokyo"), asked)["reader-device"] == "fail"
    assert verdicts(sit(desk, zone="Europe/Madrid"), asked)["reader-device"] == "pass"


@pytest.mark.req("S1.43")
def test_who_has_activated_nothing_is_invited_with_one_press(
    at_desk: Browser, asked: str, press, client_card: Client, business: Business
) -> None:
    BookingPolicy.objects.update_or_create(
        business=business, defaults={"notification_gate": NotificationGate.ACTIVATED_ONLY}
    )
    assert verdicts(at_desk, asked)["activated"] == "fail"
    assert press("welcome").status_code == 302
    client_card.refresh_from_db()
    assert client_card.welcome_sent_at == NOW
    Client.objects.filter(pk=client_card.pk).update(activated_at=NOW)
    assert verdicts(at_desk, asked)["activated"] == "pass"


@pytest.mark.req("S4.7")
def test_a_test_text_shows_whether_the_number_is_still_theirs(
    at_desk: Browser, asked: str, press, client_card: Client
) -> None:
    add_identifier(client=client_card, phone="+34600000012", by=SYSTEM, now=NOW)
    TextGateway.objects.create(
        business=client_card.business,
        gateway=GatewayName.SIMULATOR,
        sender="+34910000000",
        sender_kind=SenderKind.LONG_NUMBER,
        currency="EUR",
        countries=["ES"],
        created_at=NOW,
    )
    assert verdicts(at_desk, asked)["number-current"] == "unknown"
    assert press("test-text").status_code == 302
    text = DirectText.objects.get()
    assert (text.purpose, text.number) == (TextPurpose.TEST, "+34600000012")
    assert client_card.business.name in text.body
    note_delivered(business_id=client_card.business_id, channel="sms", address=text.number, at=NOW)
    assert verdicts(at_desk, asked)["number-current"] == "pass"


def test_a_page_costs_a_fixed_and_modest_number_of_queries(
    at_desk: Browser, asked: str, django_assert_max_num_queries
) -> None:
    at_desk.get(asked)
    with django_assert_max_num_queries(32):
        at_desk.get(asked)
