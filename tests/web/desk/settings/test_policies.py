"""What clients may change themselves and until when, and in which zone they read: the two pages of policies."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import (
    BookingPolicy,
    Business,
    ClientLogin,
    NotificationGate,
    PhoneField,
    ZoneMode,
)
from clientela.catalogue.models import Service

POLICY = {
    "client_may_reschedule": "on",
    "reschedule_closes_minutes": "12",
    "client_may_cancel": "on",
    "cancel_closes_minutes": "36",
    "client_login": "optional",
    "notification_gate": "own_booking",
}


@pytest.mark.req("S3.28")
@pytest.mark.parametrize("reschedule", [True, False])
@pytest.mark.parametrize("cancel", [True, False])
def test_reschedule_and_cancel_are_two_switches_with_two_cut_offs(
    as_owner: Client, business: Business, reschedule: bool, cancel: bool
) -> None:
    given = dict(POLICY)
    if not reschedule:
        del given["client_may_reschedule"]
    if not cancel:
        del given["client_may_cancel"]
    assert as_owner.post(f"{SETTINGS}policies/", given).status_code == 302
    policy = BookingPolicy.objects.get()
    assert (policy.client_may_reschedule, policy.client_may_cancel) == (reschedule, cancel)
    assert (policy.reschedule_closes_minutes, policy.cancel_closes_minutes) == (720, 2160)


@pytest.mark.req("S3.8")
def test_client_login_stands_under_booking_flow_at_the_end_of_its_path(as_owner: Client) -> None:
    page = as_owner.get(f"{SETTINGS}policies/").text
    crumbs = page[page.index('class="crumbs"') : page.index("</nav>", page.index('class="crumbs"'))]
    assert re.findall(r">([^<>]+)</(?:a|span)>", crumbs) == [
        "Settings",
        "Calendar &amp; bookings",
        "Booking preferences",
        "Booking policies",
    ]
    assert page.index("Booking flow") < page.index("Client login") < page.index("On and optional")
    for address in re.findall(r'<a href="([^"]+)"', crumbs):
        assert as_owner.get(address.partition("#")[0]).status_code == 200
    assert 'id="calendar"' in as_owner.get(SETTINGS).text


@pytest.mark.req("S3.9")
@pytest.mark.parametrize("mode", ClientLogin.values)
def test_each_mode_of_client_login_can_be_chosen_and_is_shown_as_kept(
    as_owner: Client, business: Business, mode: str
) -> None:
    assert (
        as_owner.post(f"{SETTINGS}policies/", {**POLICY, "client_login": mode}).status_code == 302
    )
    assert BookingPolicy.objects.get().client_login == mode
    page = as_owner.get(f"{SETTINGS}policies/").text
    assert f'value="{mode}" checked' in page
    tile = page[page.index(f'value="{mode}" checked') :]
    assert tile.index("Now") < tile.index("</label>")


@pytest.mark.req("S3.14")
def test_each_mode_has_its_recommendation_beside_it(as_owner: Client) -> None:
    page = as_owner.get(f"{SETTINGS}policies/").text
    tiles = re.findall(r'<label class="choice choice-top".*?</label>', page, re.DOTALL)
    said = [re.sub(r"<[^>]+>", "", tile) for tile in tiles[:3]]
    assert "Recommended for one-off appointments, such as job interviews." in said[0]
    assert "Recommended if you have both regular and one-off clients." in said[1]
    assert "Recommended if you work mainly with regular clients." in said[2]


def test_a_mode_that_does_not_exist_is_refused(as_owner: Client, business: Business) -> None:
    answer = as_owner.post(f"{SETTINGS}policies/", {**POLICY, "client_login": "sometimes"})
    assert answer.status_code == 422
    assert BookingPolicy.objects.get().client_login == ClientLogin.OPTIONAL


@pytest.mark.req("S3.25")
def test_the_pencils_switches_are_the_client_notification_settings(as_owner: Client) -> None:
    index = as_owner.get(SETTINGS).text
    assert f'href="{SETTINGS}policies/#client-notifications"' in index
    assert "Client notification settings" in index
    page = as_owner.get(f"{SETTINGS}policies/").text
    section = page[page.index('id="client-notifications"') :]
    section = section[: section.index("</section>")]
    assert 'name="client_may_reschedule"' in section
    assert 'name="client_may_cancel"' in section


@pytest.mark.parametrize("gate", NotificationGate.values)
def test_the_gate_of_messages_is_set_in_plain_words(
    as_owner: Client, business: Business, gate: str
) -> None:
    assert as_owner.post(f"{SETTINGS}policies/", {**POLICY, "notification_gate": gate})
    assert BookingPolicy.objects.get().notification_gate == gate
    assert "own_booking" not in re.sub(r"<[^>]+>", "", as_owner.get(f"{SETTINGS}policies/").text)


@pytest.mark.req("S2.6")
def test_the_business_is_advised_to_ask_for_accounts_and_given_the_link(
    as_owner: Client, business: Business
) -> None:
    page = as_owner.get(f"{SETTINGS}policies/").text
    assert "Ask your clients to create an account" in page
    assert 'value="http://testserver/client/create-account"' in page
    as_owner.post(f"{SETTINGS}policies/", {**POLICY, "client_login": "off"})
    assert "/client/create-account" not in as_owner.get(f"{SETTINGS}policies/").text


def test_a_cut_off_beyond_the_open_calendar_is_explained(
    as_owner: Client, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(horizon_days=7)
    answer = as_owner.post(f"{SETTINGS}policies/", {**POLICY, "cancel_closes_minutes": "240"})
    assert answer.status_code == 422
    assert "That is 10 days, but clients can book only 7 days ahead" in answer.text
    assert 'value="240"' in answer.text
    assert BookingPolicy.objects.get().cancel_closes_minutes == 1440


@pytest.mark.req("S4.18")
def test_the_preferences_say_what_each_zone_choice_means_and_keep_it(
    as_owner: Client, business: Business
) -> None:
    page = as_owner.get(f"{SETTINGS}preferences/").text
    assert "Let clients choose the time zone when they book" in page
    assert "Lock the time zone of bookings to that of the location" in page
    assert "Europe/Madrid" in page
    given = {"zone_mode": ZoneMode.LOCKED.value, "phone_field": PhoneField.REQUIRED.value}
    assert as_owner.post(f"{SETTINGS}preferences/", given).status_code == 302
    policy = BookingPolicy.objects.get()
    assert (policy.zone_mode, policy.phone_field, policy.online_booking) == (
        "locked",
        "required",
        False,
    )
    answer = as_owner.post(f"{SETTINGS}preferences/", {**given, "zone_mode": "somewhere"})
    assert answer.status_code == 422
