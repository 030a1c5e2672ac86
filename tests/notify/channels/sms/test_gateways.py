"""What each gateway is told, and what each of its answers means: refused, later, taken, or nobody knows."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from tests.factories import NOW
from tests.notify.channels.sms import gateway_server
from tests.notify.channels.sms.gateway_server import GatewayServer, Turn

from clientela.notify.channels import Result
from clientela.notify.channels.sms import twilio, vonage
from clientela.notify.channels.sms.own_gateway import OwnGateway
from clientela.notify.channels.sms.port import Gateway, TextParcel
from clientela.notify.channels.sms.twilio import Twilio
from clientela.notify.channels.sms.vonage import Vonage
from clientela.notify.models import Outcome, Reason, TextGateway
from clientela.platform import failpoints

pytestmark = pytest.mark.nodb

REFERENCE = UUID("0197f000-0000-7000-8000-000000000001")
NEWS = "https://book.example.org/hooks/texts/1/news"
Send = Callable[[], Result]


@pytest.fixture(scope="module")
def shared() -> Iterator[GatewayServer]:
    with gateway_server.running() as server:
        yield server


@pytest.fixture
def server(shared: GatewayServer, monkeypatch: pytest.MonkeyPatch) -> GatewayServer:
    monkeypatch.setattr(twilio, "API", shared.url)
    monkeypatch.setattr(vonage, "API", shared.url)
    shared.turns, shared.asked, shared.taken = [Turn()], [], {}
    return shared


def made(kind: str, server: GatewayServer) -> Gateway:
    if kind == "twilio":
        return Twilio(account="AC1", secret="token", news_url=NEWS)
    if kind == "vonage":
        return Vonage(account="key", secret="token", hook_secret="hook", news_url=NEWS)
    return OwnGateway(url=f"{server.url}/texts", secret="token", hook_secret="hook", news_url=NEWS)


def send(kind: str, server: GatewayServer) -> Result:
    parcel = TextParcel(
        gateway=TextGateway(gateway=kind, sender="+34600111222", price_minor=8),
        number="+34612345678",
        body="Mañana a las 10:00 (CET) €",
        reference=REFERENCE,
        segments=1,
    )
    return made(kind, server).send(parcel, now=NOW)


KINDS = ("twilio", "vonage", "http")


def test_twilio_is_told_in_a_form_with_a_basic_log_in_and_where_its_news_goes(
    server: GatewayServer,
) -> None:
    server.turns = [Turn(201, {"sid": "SM1"})]
    assert send("twilio", server) == Result(Outcome.ACCEPTED, code="201", provider_id="SM1")
    (asked,) = server.asked
    assert asked["path"] == "/2010-04-01/Accounts/AC1/Messages.json"
    assert asked["headers"]["authorization"] == "Basic " + base64.b64encode(b"AC1:token").decode()
    assert asked["said"] == {
        "To": "+34612345678",
        "From": "+34600111222",
        "Body": "Mañana a las 10:00 (CET) €",
        "StatusCallback": f"{NEWS}?ref={REFERENCE}",
    }


def test_vonage_is_told_in_json_with_our_name_for_the_text(server: GatewayServer) -> None:
    server.turns = [Turn(202, {"message_uuid": "uuid-1"})]
    assert send("vonage", server) == Result(Outcome.ACCEPTED, code="202", provider_id="uuid-1")
    (asked,) = server.asked
    assert asked["path"] == "/v1/messages"
    assert asked["said"] == {
        "message_type": "text",
        "channel": "sms",
        "to": "34612345678",
        "from": "34600111222",
        "text": "Mañana a las 10:00 (CET) €",
        "client_ref": str(REFERENCE),
        "webhook_url": NEWS,
        "webhook_version": "v1",
    }


def test_a_gateway_of_ones_own_is_told_by_the_contract(server: GatewayServer) -> None:
    server.turns = [Turn(202, {"id": "theirs"})]
    assert send("http", server) == Result(Outcome.ACCEPTED, code="202", provider_id="theirs")
    (asked,) = server.asked
    assert asked["headers"]["authorization"] == "Bearer token"
    assert asked["headers"]["idempotency-key"] == str(REFERENCE)
    assert asked["said"] == {
        "id": str(REFERENCE),
        "to": "+34612345678",
        "from": "+34600111222",
        "text": "Mañana a las 10:00 (CET) €",
        "news_url": NEWS,
    }


PROBLEM = "https://developer.vonage.com/api-errors/messages#"


@pytest.mark.parametrize(
    ("kind", "turn", "reason"),
    [
        ("twilio", Turn(400, {"code": 21211, "message": "The 'To' number +34612345678 is not valid"}), Reason.INVALID_NUMBER),
        ("twilio", Turn(400, {"code": 21610, "message": "unsubscribed recipient"}), Reason.OPTED_OUT),
        ("twilio", Turn(400, {"code": 21614, "message": "not a mobile number"}), Reason.LANDLINE),
        ("twilio", Turn(400, {"code": 30007, "message": "filtered"}), Reason.CARRIER_FILTERED),
        ("twilio", Turn(400, {"code": 21617, "message": "body too long"}), Reason.PROVIDER_ERROR),
        ("vonage", Turn(422, {"type": PROBLEM + "1170", "detail": "no msisdn"}), Reason.INVALID_NUMBER),
        ("vonage", Turn(422, {"type": PROBLEM + "1240", "detail": "illegal number"}), Reason.OPTED_OUT),
        ("vonage", Turn(422, {"type": PROBLEM + "1020", "detail": "params"}), Reason.PROVIDER_ERROR),
        ("http", Turn(422, {"error": "landline"}), Reason.LANDLINE),
        ("http", Turn(422, {"error": "invalid-number"}), Reason.INVALID_NUMBER),
        ("http", Turn(422, {"error": "opted-out"}), Reason.OPTED_OUT),
        ("http", Turn(422, {"error": "filtered"}), Reason.CARRIER_FILTERED),
        ("http", Turn(400, {"error": ["?"]}), Reason.PROVIDER_ERROR),
    ],
)  # fmt: skip
def test_what_will_never_be_taken_is_refused_with_its_reason(
    server: GatewayServer, kind: str, turn: Turn, reason: Reason
) -> None:
    server.turns = [turn]
    result = send(kind, server)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, reason)
    assert "612345678" not in result.detail


@pytest.mark.req("MSG-03")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [429, 503, 401, 403, 301])
def test_what_was_certainly_not_taken_waits_and_so_does_all_that_goes_the_same_way(
    server: GatewayServer, kind: str, status: int
) -> None:
    server.turns = [Turn(status, headers={"Location": "http://127.0.0.1:1/"})]
    result = send(kind, server)
    assert (result.outcome, result.is_unreachable) == (Outcome.RETRY, True)
    assert server.taken == {}


@pytest.mark.req("MSG-03")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "turn", [Turn(500, b"oops"), Turn(502, b"<html>"), Turn(504, b""), Turn(is_dropped=True)]
)
def test_what_may_have_been_taken_is_unknown_and_never_called_later(
    server: GatewayServer, kind: str, turn: Turn
) -> None:
    server.turns = [turn]
    assert send(kind, server).outcome is Outcome.UNKNOWN


def test_an_error_with_the_gateways_own_number_was_made_before_anything_was_taken(
    server: GatewayServer,
) -> None:
    server.turns = [Turn(500, {"code": 20500, "message": "internal"})]
    assert send("twilio", server).outcome is Outcome.RETRY
    server.turns = [Turn(500, {"type": PROBLEM + "1030", "title": "Internal error"})]
    assert send("vonage", server).outcome is Outcome.RETRY


@pytest.mark.parametrize("kind", KINDS)
def test_a_gateway_that_cannot_be_reached_has_taken_nothing(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = GatewayServer(url="http://127.0.0.1:9")
    monkeypatch.setattr(twilio, "API", nobody.url)
    monkeypatch.setattr(vonage, "API", nobody.url)
    result = send(kind, nobody)
    assert (result.outcome, result.is_unreachable) == (Outcome.RETRY, True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[1]", b"{", b"\xff\xfe", b"[" * 5000, b'{"sid": 3, "id": {}}' + b" " * 99_000],
)
def test_an_answer_of_any_bytes_is_taken_as_its_status_says(
    server: GatewayServer, kind: str, body: bytes
) -> None:
    server.turns = [Turn(200, body)]
    assert send(kind, server).outcome is Outcome.ACCEPTED
    server.turns = [Turn(400, body)]
    assert send(kind, server).outcome is Outcome.REFUSED


def test_the_same_text_offered_again_to_a_gateway_of_ones_own_is_known_there(
    server: GatewayServer,
) -> None:
    server.turns = [Turn(is_dropped=True), Turn(409, {"id": "theirs"})]
    assert send("http", server).outcome is Outcome.UNKNOWN
    assert send("http", server) == Result(Outcome.ACCEPTED, code="409", provider_id="theirs")
    assert server.taken == {str(REFERENCE): 1}


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example.org/", "https://user:pass@example.org/", "ftp://example.org/", "https:///x", "//example.org",
        "https://example.org:99999/", "https://exa mple.org/", "https://example.org/\n", "javascript:1", "https://ñ.example/",
    ],
)  # fmt: skip
def test_an_address_of_another_shape_is_never_called(
    url: str, server: GatewayServer, settings: object
) -> None:
    settings.TESTING = False  # type: ignore[attr-defined]  # pytest-django's
    gateway = OwnGateway(url=url, secret="t", hook_secret="h", news_url=NEWS)
    parcel = TextParcel(
        gateway=TextGateway(sender="x"),
        number="+34612345678",
        body="x",
        reference=REFERENCE,
        segments=1,
    )
    result = gateway.send(parcel, now=NOW)
    assert (result.outcome, result.is_unreachable) == (Outcome.RETRY, True)


def test_outside_a_demo_a_gateway_on_this_machine_is_not_called(
    server: GatewayServer, settings: object
) -> None:
    settings.TESTING = False  # type: ignore[attr-defined]  # pytest-django's
    url = server.url.replace("http://", "https://")
    gateway = OwnGateway(url=url, secret="t", hook_secret="h", news_url=NEWS)
    parcel = TextParcel(
        gateway=TextGateway(sender="x"),
        number="+34612345678",
        body="x",
        reference=REFERENCE,
        segments=1,
    )
    assert gateway.send(parcel, now=NOW).detail == "not a public address"
    assert server.asked == []


def test_a_process_that_dies_with_the_answer_in_hand_can_be_tried(server: GatewayServer) -> None:
    failpoints.arm("notify.sms.answered=raise")
    try:
        with pytest.raises(failpoints.FailpointError):
            send("twilio", server)
    finally:
        failpoints.arm("")
