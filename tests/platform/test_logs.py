"""No address, number or secret leaves in a log."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given, strategies as st

from clientela.platform import logs, tokens
from clientela.platform.ids import uuid7
from clientela.platform.links import derive, new_nonce
from clientela.platform.redaction import BLACK, describe_error, redact, redact_value

CANARIES = [
    "anna.bianchi+salon@example.org",
    "anna%40example.org",
    "ánna@exämple.org",
    "+34 600 111 222",
    "+393331234567",
    "600111222",
    "(020) 7946 0958",
    derive(purpose="manage", nonce="seven"),
    tokens.new_token(prefix="clk").plain,
    "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b",
]
KEPT = [
    str(uuid7()),
    "2026-03-01T12:00:00+00:00",
    "2026-03-01",
    "2026-03-01 12:00:00.123456",
    "127.0.0.1",
    "10:00-11:30",
    "status 200 in 12.5 ms",
    "booking.actions.book_appointment",
    "test_a_worker_killed_at_any_failpoint_loses_and_repeats_nothing",
    "/desk/serena/calendar/",
    "platform_auditevent",
    "Europe/Madrid",
    "slot-taken",
    "line 1234, in book",
]


@pytest.mark.parametrize("canary", CANARIES, ids=range(len(CANARIES)))  # some are made afresh
def test_what_is_personal_or_secret_is_blackened_wherever_it_stands(canary) -> None:
    for text in (
        canary,
        f"to {canary}.",
        f"'{canary}'",
        f"GET /manage/{canary}/ 404",
        f"key={canary}&x=1",
    ):
        assert canary not in redact(text), text


@pytest.mark.parametrize("text", KEPT, ids=range(len(KEPT)))
def test_what_an_operator_needs_is_kept(text) -> None:
    assert redact(text) == text


@given(st.uuids())
def test_an_id_is_never_taken_for_a_telephone(value) -> None:
    assert redact(f"appointment {value} moved") == f"appointment {value} moved"


def test_every_link_that_can_be_made_is_blackened() -> None:
    made = [derive(purpose="manage", nonce=new_nonce()) for _ in range(2000)]

    assert [token for token in made if redact(f"/a/{token}/") != f"/a/{BLACK}/"] == []


def test_a_value_is_blackened_by_its_name_too() -> None:
    given_ = {
        "client_email": "x",
        "X-Api-Key": "y",
        "nested": [{"password": "z", "seats": 2}],
        "phone": None,
    }

    assert redact_value(given_) == {
        "client_email": BLACK,
        "X-Api-Key": BLACK,
        "nested": [{"password": BLACK, "seats": 2}],
        "phone": None,
    }


def test_an_error_is_one_blackened_line() -> None:
    assert describe_error(ValueError("no\nanna@example.org")) == f"ValueError: no {BLACK}"


@pytest.fixture
def lines(capsys):
    """Configure logging as in production, and give a function that reads what was written."""
    logging_state = (logging.root.handlers[:], logging.root.level)
    logs.configure(logs.logging_settings(json=True))
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.root.handlers[:], logging.root.level = logging_state
    structlog.reset_defaults()


def test_every_line_of_ours_and_of_a_library_is_blackened(lines) -> None:
    for canary in CANARIES:
        logs.get_logger("ours").info("sent", to=canary, parts=[canary], email=canary)
        logging.getLogger("library").warning("could not reach %s", canary)
        try:
            raise ValueError(canary)  # noqa: TRY301 -- the point is the traceback
        except ValueError:
            logs.get_logger("ours").exception("failed")
    written = lines()

    assert len(written) == 3 * len(CANARIES)
    assert [
        canary for canary in CANARIES if canary in json.dumps(written, ensure_ascii=False)
    ] == []


def test_a_line_says_when_where_and_how_bad(lines) -> None:
    logs.get_logger("ours").info("slot-taken", appointment_id="1")
    (line,) = lines()

    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "slot-taken", "level": "info", "logger": "ours", "appointment_id": "1"}


def test_a_line_break_in_a_value_makes_no_second_line(lines) -> None:
    logs.get_logger("ours").info("x", reason='a\n{"level": "forged"}')

    assert len(lines()) == 1


def asked(header: str = "") -> tuple[HttpResponse, list[str]]:
    seen: list[str] = []

    def view(_request: object) -> HttpResponse:
        seen.append(structlog.contextvars.get_contextvars()["request_id"])
        logs.get_logger("view").info("inside")
        return HttpResponse("ok")

    request = RequestFactory().get(
        "/manage/abc/", headers={"X-Request-ID": header} if header else {}
    )
    return logs.RequestLogMiddleware(view)(request), seen


def test_every_line_of_a_request_carries_its_id_and_the_answer_names_it(lines) -> None:
    response, seen = asked("from-the-proxy-1")
    inside, outside = lines()

    assert seen == ["from-the-proxy-1"]
    assert (
        response["X-Request-ID"]
        == inside["request_id"]
        == outside["request_id"]
        == "from-the-proxy-1"
    )
    assert (outside["event"], outside["status"], outside["method"], outside["route"]) == (
        "request",
        200,
        "GET",
        "",
    )
    assert "abc" not in json.dumps(outside)
    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.parametrize(
    "header", ["", "x", "a\tb c d e f g", "<script>alert(1)</script>", "x" * 65]
)
def test_a_request_id_that_does_not_look_like_one_is_replaced(lines, header) -> None:
    response, _ = asked(header)

    assert len(response["X-Request-ID"]) == 36
