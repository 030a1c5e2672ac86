"""A provider's API: what it is given, and what each of its answers means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.notify.channels.provider_sink import MAILGUN_OK, POSTMARK_OK, ProviderSink

from clientela.notify.account_letter import AccountLetter, compose
from clientela.notify.channels import Result
from clientela.notify.channels.email.channel import CHANNEL
from clientela.notify.models import Outcome, Reason

pytestmark = [pytest.mark.sqlite, pytest.mark.req("MSG-02")]

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KEY = "01938f6e-0000-7000-8000-000000000001"


@pytest.fixture
def postmark(settings: Any) -> Iterator[ProviderSink]:
    sink = ProviderSink(POSTMARK_OK)
    settings.MAIL_CHANNEL, settings.MAIL_PROVIDER = "provider", "postmark"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": sink.url,
        "REQUESTS_TIMEOUT": (1, 0.3),
    }
    yield sink
    sink.close()


def hand_over(count: int = 1) -> list[Result]:
    letter = AccountLetter(
        language="en",
        subject="Your code",
        headline="Hello",
        sentences=("A sentence.",),
        why="Because.",
        code="123456",
    )
    parcel = compose(letter, address="ana@example.com", message_id=f"<{KEY}@book.example>", now=NOW)
    with CHANNEL.session() as way:
        return [way.hand_over(parcel, now=NOW) for _ in range(count)]


def test_the_provider_is_given_the_whole_mail_with_the_id_of_its_row(postmark):
    (result,) = hand_over()
    assert (result.outcome, result.provider, result.provider_id) == (
        Outcome.ACCEPTED,
        "postmark",
        "pm-1",
    )
    (given,) = [json.loads(body) for body in postmark.bodies]
    headers = {one["Name"].lower(): one["Value"] for one in given["Headers"]}
    assert given["To"] == "ana@example.com"
    assert given["Metadata"] == {"message": KEY}
    assert headers["message-id"] == f"<{KEY}@book.example>"
    assert headers["x-pm-keepid"] == "true"
    assert headers["auto-submitted"] == "auto-generated"
    assert "123456" in given["TextBody"]
    assert "123456" in given["HtmlBody"]


@pytest.mark.parametrize(
    ("behaviour", "outcome", "reason", "is_unreachable"),
    [
        (200, Outcome.ACCEPTED, "", False),
        (429, Outcome.RETRY, "", True),
        (500, Outcome.RETRY, "", True),
        (503, Outcome.RETRY, "", True),
        (401, Outcome.RETRY, "", True),
        (504, Outcome.UNKNOWN, "", True),
        ("slow", Outcome.UNKNOWN, "", True),
        ("drop", Outcome.UNKNOWN, "", True),
        ("garbage", Outcome.UNKNOWN, "", False),
        (422, Outcome.REFUSED, Reason.BOUNCED_HARD, False),
        (400, Outcome.REFUSED, Reason.PROVIDER_ERROR, False),
    ],
)
def test_each_answer_has_its_class(postmark, behaviour, outcome, reason, is_unreachable):
    postmark.behaviours = [behaviour]
    (result,) = hand_over()
    assert (result.outcome, result.reason, result.is_unreachable) == (
        outcome,
        reason,
        is_unreachable,
    )
    assert "@" not in result.detail


def test_no_connection_is_no_attempt(postmark, settings):
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://127.0.0.1:1/"}
    (result,) = hand_over()
    assert (result.outcome, result.is_unreachable) == (Outcome.RETRY, True)


def test_a_provider_without_its_key_keeps_mails_waiting(postmark, settings):
    settings.ANYMAIL = {}
    (result,) = hand_over()
    assert (result.outcome, result.is_unreachable, postmark.bodies) == (Outcome.RETRY, True, [])


def test_mailgun_is_told_its_variable_and_names_the_mail(postmark, settings):
    sink = ProviderSink(MAILGUN_OK)
    settings.MAIL_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "key", "MAILGUN_API_URL": sink.url}
    (result,) = hand_over()
    sink.close()
    assert (result.outcome, result.provider_id) == (Outcome.ACCEPTED, "<mg-1@mg.example.com>")
    assert KEY.encode() in sink.bodies[0]
    assert b"v%3Amessage=" in sink.bodies[0]
