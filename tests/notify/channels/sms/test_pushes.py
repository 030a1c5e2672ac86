"""What gateways push is believed when it is signed as they sign, and read in our words; forgeries are not read."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jwt
import pytest
from tests.factories import NOW

from clientela.notify.channels.sms.own_gateway import OwnGateway
from clientela.notify.channels.sms.port import Arrived, NotGenuine, Push, Told
from clientela.notify.channels.sms.signature import form_signature, sign_timed
from clientela.notify.channels.sms.twilio import Twilio
from clientela.notify.channels.sms.vonage import Vonage
from clientela.notify.models import ReceiptKind
from clientela.rules.stop_words import Keyword

pytestmark = pytest.mark.nodb

URL = "https://book.example.org/hooks/texts/1/news?ref=0197f000-0000-7000-8000-000000000001"
REF = "0197f000-0000-7000-8000-000000000001"
TWILIO = Twilio(account="AC1", secret="token", news_url=URL)
VONAGE = Vonage(
    account="key", secret="s", hook_secret="signature secret of 32 characters!!", news_url=URL
)
OWN = OwnGateway(url="https://x.example", secret="s", hook_secret="hook", news_url=URL)


def form(fields: dict[str, str], *, url: str = URL, secret: str = "token") -> Push:
    body = urlencode(fields).encode()
    mac = form_signature(url=url, fields=list(fields.items()), secret=secret)
    return Push(url=url, headers={"x-twilio-signature": mac}, body=body)


def token(said: Any, *, secret: str = VONAGE.hook_secret, **claims: Any) -> Push:
    body = json.dumps(said).encode()
    claims = {
        "iat": int(NOW.timestamp()),
        "iss": "Vonage",
        "jti": "1",
        "api_key": "key",
        "payload_hash": hashlib.sha256(body).hexdigest(),
    } | claims
    signed = jwt.encode(
        {k: v for k, v in claims.items() if v is not None}, secret, algorithm="HS256"
    )
    return Push(url=URL, headers={"authorization": f"Bearer {signed}"}, body=body)


def timed(said: Any, *, secret: str = "hook", at: Any = NOW) -> Push:
    body = json.dumps(said).encode()
    return Push(
        url=URL,
        headers={"clientela-signature": sign_timed(body=body, secret=secret, now=at)},
        body=body,
    )


def test_the_form_signature_is_that_of_the_published_example() -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    mac = form_signature(
        url="https://mycompany.com/myapp.php?foo=1&bar=2", fields=fields.items(), secret="12345"
    )
    assert mac == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        ("sent", "", ReceiptKind.SENT),
        ("delivered", "", ReceiptKind.DELIVERED),
        ("undelivered", "30003", ReceiptKind.BOUNCED_SOFT),
        ("undelivered", "30004", ReceiptKind.FILTERED),
        ("undelivered", "30005", ReceiptKind.INVALID),
        ("undelivered", "30006", ReceiptKind.LANDLINE),
        ("undelivered", "30007", ReceiptKind.FILTERED),
        ("undelivered", "30008", ReceiptKind.FAILED),
        ("failed", "21610", ReceiptKind.OPTED_OUT),
        ("failed", "99999", ReceiptKind.FAILED),
    ],
)
@pytest.mark.req("S4.6", "S4.9")
def test_twilios_states_and_numbers_become_our_words(
    status: str, code: str, kind: ReceiptKind
) -> None:
    push = form({"MessageSid": "SM1", "MessageStatus": status, "ErrorCode": code})
    assert TWILIO.read_news(push, now=NOW) == [
        Told(key=f"SM1:{status}", kind=kind, provider_id="SM1", reference=REF, code=code, at=NOW)
    ]


def test_states_on_the_way_are_no_news() -> None:
    for status in ("queued", "sending", "accepted", "", "new one"):
        assert TWILIO.read_news(form({"MessageSid": "SM1", "MessageStatus": status}), now=NOW) == []
    assert VONAGE.read_news(token({"message_uuid": "u", "status": "routed"}), now=NOW) == []
    assert OWN.read_news(timed({"id": REF, "status": "thinking"}), now=NOW) == []


def test_vonages_states_and_problems_become_our_words() -> None:
    said = {
        "message_uuid": "u1",
        "status": "rejected",
        "client_ref": REF,
        "error": {"type": "https://developer.vonage.com/api-errors/messages#1240", "detail": "no"},
    }
    assert VONAGE.read_news(token(said), now=NOW) == [
        Told(key="u1:rejected", kind=ReceiptKind.OPTED_OUT, provider_id="u1", reference=REF, code="1240", detail="no", at=NOW)
    ]  # fmt: skip
    (told,) = VONAGE.read_news(
        token({"message_uuid": "u1", "status": "delivered", "error": "?"}), now=NOW
    )
    assert told.kind is ReceiptKind.DELIVERED


def test_the_contracts_words_become_ours_and_no_news_comes_from_the_future() -> None:
    said = {
        "event": "e1",
        "id": REF,
        "gateway_id": "g",
        "status": "landline",
        "at": "2026-11-23T06:00:00+00:00",
    }
    (told,) = OWN.read_news(timed(said), now=NOW)
    assert (told.key, told.kind, told.reference, told.at) == (
        "e1",
        ReceiptKind.LANDLINE,
        REF,
        NOW - timedelta(hours=1),
    )
    (told,) = OWN.read_news(timed(said | {"at": "2036-01-01T00:00:00"}), now=NOW)
    assert told.at == NOW


def test_texts_that_people_send_are_read() -> None:
    fields = {
        "MessageSid": "SM2",
        "From": "+34612345678",
        "Body": "Llego tarde 🙂",
        "OptOutType": "",
    }
    assert TWILIO.read_text(form(fields), now=NOW) == Arrived(
        key="SM2", number="+34612345678", body="Llego tarde 🙂"
    )
    stopped = TWILIO.read_text(form(fields | {"Body": "cancel", "OptOutType": "STOP"}), now=NOW)
    assert stopped is not None
    assert stopped.keyword is Keyword.STOP
    said = {"message_uuid": "u2", "from": "34612345678", "text": "Hola", "channel": "sms"}
    assert VONAGE.read_text(token(said), now=NOW) == Arrived(
        key="u2", number="+34612345678", body="Hola"
    )
    assert VONAGE.read_text(token(said | {"channel": "whatsapp"}), now=NOW) is None
    said = {"event": "e2", "from": "+34612345678", "text": "Hola", "took_for": "start"}
    assert OWN.read_text(timed(said), now=NOW) == Arrived(
        key="e2", number="+34612345678", body="Hola", keyword=Keyword.START
    )


GOOD_FORM = {"MessageSid": "SM1", "MessageStatus": "delivered"}
GOOD = {"message_uuid": "u1", "status": "delivered", "id": REF}


def _form_forgeries() -> dict[str, Push]:
    good = form(GOOD_FORM)
    return {
        "unsigned": Push(url=URL, headers={}, body=good.body),
        "another secret": form(GOOD_FORM, secret="guessed"),
        "no secret": form(GOOD_FORM, secret=""),
        "another field": Push(url=URL, headers=good.headers, body=good.body + b"&ErrorCode=30006"),
        "another address": Push(url=URL + "0", headers=good.headers, body=good.body),
        "not ascii": Push(url=URL, headers={"x-twilio-signature": "ñ"}, body=good.body),
        "thousands of fields": Push(url=URL, headers=good.headers, body=b"a=1&" * 5000),
    }


def _token_forgeries() -> dict[str, Push]:
    good = token(GOOD)
    none = jwt.encode({"payload_hash": hashlib.sha256(good.body).hexdigest()}, "", algorithm="none")
    return {
        "unsigned": Push(url=URL, headers={}, body=good.body),
        "another secret": token(GOOD, secret="g" * 32),
        "no algorithm": Push(url=URL, headers={"authorization": f"Bearer {none}"}, body=good.body),
        "another body": Push(url=URL, headers=good.headers, body=good.body + b" "),
        "no hash": token(GOOD, payload_hash=None),
        "hash of another kind": token(GOOD, payload_hash=3),
        "no time": token(GOOD, iat=None),
        "two days old": token(GOOD, iat=int(NOW.timestamp()) - 2 * 86_400),
        "from the future": token(GOOD, iat=int(NOW.timestamp()) + 3600),
        "another account": token(GOOD, api_key="other"),
        "rubbish": Push(url=URL, headers={"authorization": "Bearer a.b.c"}, body=good.body),
        "a list": token([1]),
    }


def _timed_forgeries() -> dict[str, Push]:
    good = timed(GOOD)
    return {
        "unsigned": Push(url=URL, headers={}, body=good.body),
        "another secret": timed(GOOD, secret="guessed"),
        "another body": Push(url=URL, headers=good.headers, body=good.body + b" "),
        "old": timed(GOOD, at=NOW - timedelta(minutes=6)),
        "a list": timed([1]),
    }


@pytest.mark.parametrize(
    ("gateway", "push"),
    [
        *[
            pytest.param(TWILIO, push, id=f"twilio: {name}")
            for name, push in _form_forgeries().items()
        ],
        *[
            pytest.param(VONAGE, push, id=f"vonage: {name}")
            for name, push in _token_forgeries().items()
        ],
        *[pytest.param(OWN, push, id=f"own: {name}") for name, push in _timed_forgeries().items()],
    ],
)
def test_what_is_not_signed_as_it_should_be_is_not_read(gateway: Any, push: Push) -> None:
    with pytest.raises(NotGenuine):
        gateway.read_news(push, now=NOW)
    with pytest.raises(NotGenuine):
        gateway.read_text(push, now=NOW)


def test_the_controls_of_the_forgeries_are_read() -> None:
    assert TWILIO.read_news(form(GOOD_FORM), now=NOW)
    assert VONAGE.read_news(token(GOOD), now=NOW)
    assert OWN.read_news(timed(GOOD), now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\x01",
        b"\xff\xfe" * 30,
        b"Body=%ED%A0%80&From=%00&MessageSid=%FF",
        "Body=ñ€".encode("utf-16"),
    ],
)
def test_bytes_of_any_charset_that_are_signed_are_read_or_refused_never_an_error(
    body: bytes,
) -> None:
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    mac = form_signature(url=URL, fields=fields, secret="token")
    push = Push(url=URL, headers={"x-twilio-signature": mac}, body=body)
    TWILIO.read_text(push, now=NOW)
    TWILIO.read_news(push, now=NOW)
