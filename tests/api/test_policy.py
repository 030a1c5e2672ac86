"""The business's policy at the API: it binds the holder of a link, and not the business's own program."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at, book

from clientela.api.actions.make_token import make_token
from clientela.api.models import TokenScope
from clientela.booking.actions.book import Booked
from clientela.booking.models import Status
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform import clock

pytestmark = pytest.mark.django_db
START = "2026-11-24T10:00:00+01:00"


@pytest.fixture
def booked(business: Business, service: Service, monkeypatch: pytest.MonkeyPatch) -> Booked:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return book(service, at("2026-11-24T10:00"))


@pytest.fixture
def holders(business: Business, owner: Person, booked: Booked) -> list[dict[str, str]]:
    """The headers of a link holder, and of a program of the business."""
    made = make_token(
        business=business, label="till", scope=TokenScope.WRITE, by=owner.actor, now=NOW
    )
    return [
        {"X-Manage-Token": booked.link_token},
        {"Authorization": f"Bearer {made.secret}"},
    ]


def ask(booked: Booked, verb: str, headers: dict[str, str], **body: str) -> Any:
    row = booked.appointment
    path = f"/api/v1/businesses/{row.business.slug}/appointments/{row.pk}/{verb}"
    return Browser().post(path, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.req("S3.26", "S3.27")
def test_the_cut_off_binds_the_link_like_the_page_and_not_the_business(
    booked: Booked, holders: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = booked.appointment.starts_at - timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: late)
    for verb, body in (("cancel", {}), ("reschedule", {"start": "2026-11-25T10:00:00+01:00"})):
        answer = ask(booked, verb, holders[0], **body)
        assert (answer.status_code, answer.json()["reason"]) == (422, "too-late")
    booked.appointment.refresh_from_db()
    assert booked.appointment.status == Status.CONFIRMED
    assert ask(booked, "cancel", holders[1]).json()["status"] == Status.CANCELLED


@pytest.mark.req("S3.28")
def test_cancelling_and_moving_are_switched_apart(
    business: Business, booked: Booked, holders: list[dict[str, str]]
) -> None:
    set_policy(business=business, client_may_cancel=False, by=SYSTEM, now=NOW)
    refused = ask(booked, "cancel", holders[0])
    assert (refused.status_code, refused.json()["reason"]) == (422, "switched-off")
    # Twenty-six hours before: cancelling is off, moving is open still.
    moved = ask(booked, "reschedule", holders[0], start="2026-11-24T12:00:00+01:00")
    assert moved.status_code == 200, moved.content


def test_cancelling_twice_is_the_same_and_moving_what_is_cancelled_is_refused(
    booked: Booked, holders: list[dict[str, str]]
) -> None:
    first = ask(booked, "cancel", holders[0])
    again = ask(booked, "cancel", holders[1])
    assert (first.status_code, again.status_code) == (200, 200)
    # But for whose card it is, and whether they are new, which is told to the program only.
    assert again.json() | {"client": None, "marker": None} == first.json()
    moved = ask(booked, "reschedule", holders[0], start="2026-11-24T12:00:00+01:00")
    assert (moved.status_code, moved.json()["reason"]) == (422, "not-open")
