"""What clients may change themselves and until when, and in which zone they read: the two pages of policies."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import BookingPolicy, Business, PhoneField, ZoneMode
from clientela.catalogue.models import Service

POLICY = {
    "client_may_reschedule": "on",
    "reschedule_closes_minutes": "12",
    "client_may_cancel": "on",
    "cancel_closes_minutes": "36",
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
    assert "Clients choose" in page
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
