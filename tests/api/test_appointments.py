"""Booking through the API: the shapes that the reference promises, and the refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client as Browser
from tests.cast import Person
from tests.factories import at

from clientela.api.actions.make_token import make_token
from clientela.api.actions.revoke_token import revoke_token
from clientela.api.models import TokenScope
from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = "2026-11-24T10:00:00+01:00"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def post(browser: Browser, path: str, body: dict[str, Any] | str, **headers: str) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return browser.post(path, text, content_type="application/json", headers=headers)


def wish(offered: Service, **changes: Any) -> dict[str, Any]:
    body = {
        "service": str(offered.pk),
        "start": START,
        "client": {"name": "Luz Prueba", "email": "luz@example.com"},
    }
    return body | changes


def base(business: Business) -> str:
    return f"/api/v1/businesses/{business.slug}"


def test_a_stranger_books_and_reads_moves_and_cancels_with_the_link(
    client: Browser, business: Business, service: Service, professional: Professional
) -> None:
    booked = post(client, f"{base(business)}/appointments", wish(service))
    assert booked.status_code == 201, booked.content
    row = booked.json()
    assert row["start"] == START
    assert row["end"] == "2026-11-24T10:30:00+01:00"
    assert row["zone"] == "Europe/Madrid"
    assert row["status"] == "confirmed"
    assert row["professional"] == str(professional.pk)
    token = row["manage_url"].rstrip("/").rsplit("/", 1)[-1]
    one = f"{base(business)}/appointments/{row['id']}"
    link = {"X-Manage-Token": token}
    assert client.get(one, headers=link).json() == row
    moved = post(client, f"{one}/reschedule", {"start": "2026-11-24T12:00:00+01:00"}, **link)
    assert moved.status_code == 200, moved.content
    assert (moved.json()["start"], moved.json()["sequence"]) == ("2026-11-24T12:00:00+01:00", 1)
    confirmed = post(client, f"{one}/confirm", "", **link)
    assert confirmed.status_code == 200, confirmed.content
    cancelled = post(client, f"{one}/cancel", "", **link)
    assert cancelled.status_code == 200, cancelled.content
    assert cancelled.json()["status"] == "cancelled"


def test_the_second_to_ask_for_a_slot_is_told_and_offered_the_nearest(
    client: Browser, business: Business, service: Service
) -> None:
    post(client, f"{base(business)}/appointments", wish(service))
    lost = post(
        client, f"{base(business)}/appointments", wish(service, client={"name": "Late Guest"})
    )
    assert lost.status_code == 409
    answer = lost.json()
    assert answer["reason"] == "slot-taken"
    assert answer["alternatives"]
    assert all(slot["start"] != START for slot in answer["alternatives"])
    assert answer["alternatives"][0]["start"].endswith("+01:00")


def test_a_repeated_key_answers_with_the_same_appointment_and_another_wish_is_refused(
    client: Browser, business: Business, service: Service
) -> None:
    key = {"Idempotency-Key": "one-two-three"}
    first = post(client, f"{base(business)}/appointments", wish(service), **key)
    again = post(client, f"{base(business)}/appointments", wish(service), **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = post(
        client,
        f"{base(business)}/appointments",
        wish(service, start="2026-11-24T11:00:00+01:00"),
        **key,
    )
    assert (other.status_code, other.json()["reason"]) == (422, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"start": "2026-11-24T10:00:00"}, "start", "needs-offset"),
        ({"start": "yesterday"}, "start", "not-a-time"),
        ({"client": {"name": ""}}, "client.name", "too-short"),
        ({"client": {"name": "Luz", "email": "not an address"}}, "email", "email-invalid"),
        ({"client": {"name": "Luz", "phone": "12"}}, "phone", "phone-invalid"),
        ({"zone": "Mars/Olympus"}, "zone", "unknown-zone"),
        ({"service": str(UUID(int=7))}, "service", "unknown-service"),
        ({"professional": str(UUID(int=7))}, "professional", "unknown-professional"),
        ({"surprise": 1}, "surprise", "unknown-field"),
    ],
)
def test_a_wrong_field_is_named_with_a_stable_word(
    client: Browser,
    business: Business,
    service: Service,
    change: dict[str, Any],
    field: str,
    word: str,
) -> None:
    answer = post(client, f"{base(business)}/appointments", wish(service, **change))
    assert answer.status_code == 422, answer.content
    assert word in answer.json()["fields"].get(field, ""), answer.json()
    with business_scope(business.pk):
        assert not Appointment.objects.exists()


def test_a_start_outside_hours_is_refused_with_its_reason(
    client: Browser, business: Business, service: Service
) -> None:
    answer = post(
        client, f"{base(business)}/appointments", wish(service, start="2026-11-24T05:00:00+01:00")
    )
    assert (answer.status_code, answer.json()["reason"]) == (422, "outside-hours")


def test_broken_json_and_unknown_addresses_answer_in_the_same_shape(
    client: Browser, business: Business
) -> None:
    broken = post(client, f"{base(business)}/appointments", "{")
    assert (broken.status_code, broken.json()["reason"]) == (400, "not-json")
    nowhere = client.get("/api/v1/businesses/no-such-business/services")
    assert (nowhere.status_code, nowhere.json()["reason"]) == (404, "not-found")
    wrong = client.delete(f"{base(business)}/services")
    assert (wrong.status_code, wrong.json()["reason"]) == (405, "method-not-allowed")


def test_a_token_reads_and_writes_its_own_business_only(
    client: Browser,
    business: Business,
    service: Service,
    owner: Person,
    outsider: Person,
    next_door: Business,
) -> None:
    row = post(client, f"{base(business)}/appointments", wish(service)).json()
    one = f"{base(business)}/appointments/{row['id']}"
    assert client.get(one).status_code == 401
    reader = make_token(
        business=business, label="cash desk", scope=TokenScope.READ, by=owner.actor, now=NOW
    )
    bearer = {"Authorization": f"Bearer {reader.secret}"}
    assert client.get(one, headers=bearer).json()["id"] == row["id"]
    refused = post(client, f"{one}/cancel", "", **bearer)
    assert (refused.status_code, refused.json()["reason"]) == (403, "scope-too-small")
    with business_scope(next_door.pk):
        foreign = make_token(
            business=next_door, label="theirs", scope=TokenScope.WRITE, by=outsider.actor, now=NOW
        )
    theirs = {"Authorization": f"Bearer {foreign.secret}"}
    assert client.get(one, headers=theirs).status_code == 401
    inside_theirs = client.get(f"{base(next_door)}/appointments/{row['id']}", headers=theirs)
    assert inside_theirs.status_code == 404
    writer = make_token(
        business=business, label="phone", scope=TokenScope.WRITE, by=owner.actor, now=NOW
    )
    bearer = {"Authorization": f"Bearer {writer.secret}"}
    assert post(client, f"{one}/cancel", "", **bearer).json()["status"] == "cancelled"
    revoke_token(token=writer.row, by=owner.actor, now=NOW)
    assert client.get(one, headers=bearer).status_code == 401


def test_a_link_opens_no_other_appointment(
    client: Browser, business: Business, service: Service
) -> None:
    first = post(client, f"{base(business)}/appointments", wish(service)).json()
    second = post(
        client,
        f"{base(business)}/appointments",
        wish(service, start="2026-11-24T12:00:00+01:00", client={"name": "Other"}),
    ).json()
    token = first["manage_url"].rstrip("/").rsplit("/", 1)[-1]
    other = client.get(
        f"{base(business)}/appointments/{second['id']}", headers={"X-Manage-Token": token}
    )
    unknown = client.get(
        f"{base(business)}/appointments/{UUID(int=9)}", headers={"X-Manage-Token": token}
    )
    assert other.status_code == unknown.status_code == 404
    assert other.content == unknown.content


def test_a_booking_never_changes_the_card_it_finds(
    client: Browser, business: Business, service: Service, client_card: Client
) -> None:
    before = client_card.record_name
    post(
        client,
        f"{base(business)}/appointments",
        wish(service, client={"name": "Somebody Else", "email": "ana@example.com"}),
    )
    with business_scope(business.pk):
        client_card.refresh_from_db()
    assert client_card.record_name == before


def test_availability_lists_the_starts_of_the_days_asked_for(
    client: Browser, business: Business, service: Service, django_assert_max_num_queries: Any
) -> None:
    at("2026-11-24T10:00")
    path = f"{base(business)}/availability?service={service.pk}&from=2026-11-24&to=2026-11-24"
    with django_assert_max_num_queries(9):
        answer = client.get(path)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["zone"] == "Europe/Madrid"
    assert START in body["starts"]
    assert all(text.startswith("2026-11-24T") for text in body["starts"])
    post(client, f"{base(business)}/appointments", wish(service))
    assert START not in client.get(path).json()["starts"]
    elsewhere = client.get(path + "&zone=America/New_York").json()
    assert elsewhere["zone"] == "America/New_York"
    assert all(text.endswith("-05:00") for text in elsewhere["starts"])


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("from=2026-11-24&to=2026-11-23", "range-reversed"),
        ("from=2026-01-01&to=2026-12-31", "range-too-long"),
        ("from=2026-11-24&to=2026-11-24&zone=Nowhere/None", "unknown-zone"),
        ("from=9999-12-31&to=9999-12-31", "out-of-calendar"),
        ("from=soon&to=2026-11-24", "invalid"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(
    client: Browser, business: Business, service: Service, query: str, word: str
) -> None:
    answer = client.get(f"{base(business)}/availability?service={service.pk}&{query}")
    assert (answer.status_code, answer.json()["reason"]) == (422, word), answer.content


def test_what_is_published_holds_no_contact_and_nothing_of_next_door(
    client: Browser, business: Business, service: Service, client_card: Client, next_door: Business
) -> None:
    texts = [
        client.get(base(business) + path).content.decode()
        for path in ("", "/services", "/professionals")
    ]
    assert service.name in texts[1]
    for text in texts:
        assert "@" not in text
        assert client_card.record_name not in text
        assert "Haircut" not in text
