"""What became of messages, and what a booking would cause, as a program asks; S1.49's held-back ones among them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.program import Program, reason
from tests.factories import NOW, STAFF, at, book

from clientela.booking.models import Channel
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import hear_due_events

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
SAME = ("kind", "timing", "recipient", "channel", "reason", "because", "due", "zone")
START = "2026-11-26T10:00:00+01:00"


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def alike(lines: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """What each line comes to; of one that still waits, as things stand."""
    told = [{**line, "reason": line.get("outlook") or line["reason"]} for line in lines]
    return {tuple(line[word] for word in SAME) for line in told}


def heard() -> None:
    while hear_due_events(NOW):
        pass


@pytest.mark.req("L6", "L8")
def test_what_was_forecast_is_what_the_trace_says_after_booking(
    program: Program, service: Service, professional: Professional
) -> None:
    wish = {
        "service": str(service.pk),
        "start": START,
        "client": {"name": "Luz", "email": "luz@example.com", "phone": "+34 600 000 012"},
        "professional": str(professional.pk),
        "zone": "America/New_York",
    }
    status, promised = program.post("/forecast", wish)
    assert status == 200
    status, booked = program.post("/appointments", wish)
    assert status == 201
    heard()

    status, told = program.get(f"/appointments/{booked['id']}/messages")

    assert status == 200
    assert alike(told["messages"]) == alike(promised["messages"])
    reminder = next(
        line
        for line in told["messages"]
        if (line["kind"], line["channel"], line["recipient"]) == ("reminder", "email", "client")
    )
    assert reminder["due"] == "2026-11-25T04:00:00-05:00"  # 24 hours before, on the reader's clock
    assert (reminder["reason"], reminder["outlook"]) == ("queued", "not_activated")
    assert reminder["attempts"] == []


@pytest.mark.req("S1.49")
def test_a_message_held_back_says_so_in_a_word_that_programs_know(
    program: Program, service: Service, client_card: Client
) -> None:
    made = book(
        service, at("2026-11-26 10:00"), client=client_card, by=STAFF, channel=Channel.STAFF
    )
    heard()
    _, told = program.get(f"/appointments/{made.appointment.pk}/messages")
    mine = [line for line in told["messages"] if line["kind"] == "confirmation"]
    assert {line["reason"] for line in mine if line["channel"] == "email"} == {"not_activated"}


def test_only_a_program_of_the_business_may_ask(
    business: Business, next_door: Business, program: Program, service: Service
) -> None:
    mine = book(service, at("2026-11-26 10:00")).appointment
    stranger = Program(business, "")
    assert reason(stranger.get(f"/appointments/{mine.pk}/messages")) == (401, "token-needed")
    assert reason(stranger.post("/forecast", {"service": str(service.pk), "start": START})) == (
        401,
        "token-needed",
    )
    with business_scope(next_door.pk):
        theirs = book(Service.objects.get(), at("2026-11-26 10:00")).appointment
    assert reason(program.get(f"/appointments/{theirs.pk}/messages")) == (404, "not-found")


def test_a_forecast_without_anybody_or_with_an_unreadable_address_is_refused(
    program: Program, service: Service
) -> None:
    wish = {"service": str(service.pk), "start": START}
    assert reason(program.post("/forecast", wish))[1] == "client-missing"
    bad = {**wish, "client": {"name": "Luz", "email": "luz@"}}
    assert program.post("/forecast", bad)[0] == 422
