"""The API's edge: headers, other sites, limits, methods, and the one shape of every error."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from tests.factories import NOW

from clientela.api import limits
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform import clock

pytestmark = pytest.mark.django_db
STRANGER = "203.0.113.7"


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def base(business: Business) -> str:
    return f"/api/v1/businesses/{business.slug}"


def book(browser: Browser, base: str, service: Service, start: str, **more: Any) -> Any:
    body = {"service": str(service.pk), "start": start, "client": {"name": "Luz"}}
    return browser.post(
        f"{base}/appointments", json.dumps(body), content_type="application/json", **more
    )


def test_a_page_of_another_site_may_ask_and_book_but_bring_no_token(
    client: Browser, base: str
) -> None:
    asked = client.options(f"{base}/appointments", headers={"Origin": "https://other.example"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    allowed = asked.headers["Access-Control-Allow-Headers"]
    assert allowed == "Content-Type, Idempotency-Key, X-Manage-Token"
    assert "Access-Control-Allow-Credentials" not in asked.headers
    assert client.get(f"{base}/services").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/api/docs").headers


def test_answers_are_not_stored_on_the_way(client: Browser, base: str) -> None:
    for path in (base, f"{base}/services", f"{base}/nothing"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_who_needs_a_token_is_told_how_it_is_sent(client: Browser, base: str) -> None:
    answer = client.get(f"{base}/appointments/00000000-0000-0000-0000-000000000001")
    assert (answer.status_code, answer.json()["reason"]) == (401, "token-needed")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Clientela"'


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "bearer x", "Bearer cl_"])
def test_a_token_that_does_not_live_is_refused_and_not_ignored(
    client: Browser, base: str, service: Service, header: str
) -> None:
    answer = book(
        client, base, service, "2026-11-24T10:00:00+01:00", headers={"Authorization": header}
    )
    assert answer.status_code == 401
    assert not Appointment.objects.exists()


def test_a_stranger_who_books_too_often_is_told_when_to_come_back(
    client: Browser, base: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GUEST_BOOKINGS_PER_HOUR", 2)
    starts = [f"2026-11-24T1{hour}:00:00+01:00" for hour in (0, 1, 5)]
    answers = [
        book(client, base, service, start, REMOTE_ADDR=STRANGER, HTTP_X_FORWARDED_FOR=start[:13])
        for start in starts
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].json()["reason"] == "too-many-requests"
    assert int(answers[2].headers["Retry-After"]) > 0
    other = book(client, base, service, starts[2], REMOTE_ADDR="203.0.113.8")
    assert other.status_code == 201, "another address is another's affair"


def test_the_limit_ends_with_the_hour(
    client: Browser, base: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GUEST_BOOKINGS_PER_HOUR", 1)
    first = book(client, base, service, "2026-11-24T10:00:00+01:00", REMOTE_ADDR=STRANGER)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=66))
    later = book(client, base, service, "2026-11-24T11:00:00+01:00", REMOTE_ADDR=STRANGER)
    assert (first.status_code, later.status_code) == (201, 201)


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/businesses/x/y/z"])
def test_an_unknown_address_answers_in_the_apis_shape(client: Browser, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"reason", "message", "fields", "alternatives"}


def test_a_wrong_method_names_the_right_ones(client: Browser, base: str) -> None:
    answer = client.put(f"{base}/appointments")
    assert (answer.status_code, answer.json()["reason"]) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == "POST"


def test_a_break_on_our_side_shows_nothing_of_it(
    base: str, business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("clientela.api.routes.catalogue.published_services", broken)
    answer = Browser(raise_request_exception=False).get(f"{base}/services")
    assert (answer.status_code, answer.json()["reason"]) == (500, "server-error")
    assert "secret" not in answer.text


def test_alternatives_are_written_in_the_callers_zone(
    client: Browser, base: str, service: Service
) -> None:
    start = "2026-11-24T10:00:00+01:00"
    book(client, base, service, start)
    body = {
        "service": str(service.pk),
        "start": start,
        "client": {"name": "Late"},
        "zone": "America/New_York",
    }
    lost = client.post(f"{base}/appointments", json.dumps(body), content_type="application/json")
    assert lost.status_code == 409
    assert all(slot["start"].endswith("-05:00") for slot in lost.json()["alternatives"])


def test_an_empty_professional_is_anyone_and_an_unknown_one_is_refused(
    client: Browser, base: str, service: Service
) -> None:
    path = f"{base}/availability?service={service.pk}&from=2026-11-24&to=2026-11-24"
    assert client.get(f"{path}&professional=").json()["starts"]
    unknown = client.get(f"{path}&professional=00000000-0000-0000-0000-000000000001")
    assert (unknown.status_code, unknown.json()["reason"]) == (422, "unknown-professional")
