"""A till reads and sets by what a client hears from the business; what it sets is kept as the client's word."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser
from tests import factories
from tests.api.program import Program, reason

from clientela.business.models import Business
from clientela.people.models import Client, Consent
from clientela.platform.tenancy import business_scope, system_scope


def put(program: Program, card: Client, body: Any) -> tuple[int, Any]:
    answer = Browser().put(
        f"{program.base}/clients/{card.pk}/preferences",
        json.dumps(body),
        content_type="application/json",
        headers=program.headers,
    )
    return answer.status_code, answer.json()


def read(program: Program, card: Client) -> tuple[int, Any]:
    return program.get(f"/clients/{card.pk}/preferences")


def statements(card: Client) -> list[tuple[str, str, str]]:
    with system_scope("a test looks"):
        rows = Consent.objects.filter(client=card, how="api").order_by("at", "id")
        return list(rows.values_list("purpose", "notify_by", "how"))


@pytest.mark.req("S4.25", "S4.26")
def test_a_till_sets_by_what_a_client_hears_and_the_evidence_says_how(
    program: Program, client_card: Client
) -> None:
    wish = {
        "notify_by": "email_and_sms",
        "wants_follow_up": True,
        "quiet": {"from": "22:30", "until": "07:00"},
    }
    status, said = put(program, client_card, wish)
    assert status == 200
    assert {name: said[name] for name in wish} == wish
    assert [(one["purpose"], one["how"]) for one in said["said"]] == [
        ("appointments", "api"),
        ("follow-up", "api"),
    ]
    assert read(program, client_card) == (200, said)


def test_the_same_again_adds_no_statement_and_what_is_absent_stays(
    program: Program, client_card: Client
) -> None:
    quiet = {"from": "22:30", "until": "07:00"}
    put(program, client_card, {"notify_by": "email_and_sms", "quiet": quiet})
    put(program, client_card, {"notify_by": "email_and_sms"})
    assert statements(client_card) == [("appointments", "email_and_sms", "api")]
    assert read(program, client_card)[1]["quiet"] == quiet
    put(program, client_card, {"notify_by": "email_and_sms", "quiet": None})
    assert read(program, client_card)[1]["quiet"] is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"notify_by": "pigeon"}, "notify_by"),
        ({}, "notify_by"),
        ({"notify_by": "email", "quiet": {"from": "24:00", "until": "07:00"}}, "quiet.from"),
        ({"notify_by": "email", "quiet": {"from": "22:00"}}, "quiet.until"),
        ({"notify_by": "email", "sms": True}, "sms"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    program: Program, client_card: Client, wrong: dict[str, Any], field: str
) -> None:
    status, said = put(program, client_card, wrong)
    assert (status, list(said["fields"])) == (422, [field])
    assert statements(client_card) == []


def test_without_a_token_and_for_a_client_next_door_there_is_nothing(
    program: Program, client_card: Client, next_door: Business
) -> None:
    stranger = Program(program_business(client_card), "")
    assert reason(put(stranger, client_card, {"notify_by": "none"})) == (401, "token-needed")
    assert reason(read(stranger, client_card)) == (401, "token-needed")
    with business_scope(next_door.pk):
        theirs = factories.make_client(next_door, "Otto", "otto@example.org")
    assert reason(put(program, theirs, {"notify_by": "none"})) == (404, "not-found")


def program_business(card: Client) -> Business:
    return card.business
