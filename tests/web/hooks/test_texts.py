"""Where text gateways push: genuine, and it counts once; else 400 and nothing written; never an error of ours."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from tests.notify.texting import ANA, make_gateway, make_texting_client, trouble

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Entry
from clientela.notify.channels.sms.registry import Secrets
from clientela.notify.channels.sms.signature import form_signature, sign_timed
from clientela.notify.models import DirectText, Receipt, TextGateway
from clientela.platform import clock
from clientela.platform.tenancy import business_scope, system_scope

pytestmark = pytest.mark.django_db

TOKEN, HOOK = "twilio's token", "a hook secret of thirty-two letters"


@pytest.fixture
def gateway(business: Business, scope: None) -> TextGateway:
    make_texting_client(business)
    return make_gateway(
        business, gateway="twilio", account="AC1", sealed=Secrets(token=TOKEN).sealed()
    )


def address(gateway: TextGateway, what: str) -> str:
    return reverse(f"hooks:text-{what}", args=[gateway.pk])


def push(url: str, body: bytes, **headers: str) -> int:
    """Push as a carrier does: without cookies, and with CSRF checks on."""
    browser = Browser(enforce_csrf_checks=True)
    kind = headers.pop("kind", "application/json")
    return browser.generic("POST", url, body, content_type=kind, headers=headers).status_code


def twilio(
    gateway: TextGateway, what: str, fields: dict[str, str], *, query: str = "", secret: str = TOKEN
) -> int:
    url = address(gateway, what) + query
    mac = form_signature(url=settings.PUBLIC_URL + url, fields=fields.items(), secret=secret)
    return push(
        url,
        urlencode(fields).encode(),
        kind="application/x-www-form-urlencoded",
        **{"X-Twilio-Signature": mac},
    )


def text(gateway: TextGateway, **fields: Any) -> DirectText:
    """A text that the gateway has taken."""
    values = {
        "purpose": "reply",
        "number": ANA,
        "body": "x",
        "reason": "handed_over",
        "provider": gateway.gateway,
        "provider_id": "SM1",
        "tries": 1,
        "created_at": clock.now(),
    }
    return DirectText.objects.create(business=gateway.business, **(values | fields))


INBOUND = {"MessageSid": "SM7", "From": ANA, "To": "+34600111222", "Body": "Baja"}


@pytest.mark.req("S4.12", "S4.13")
def test_a_signed_text_stands_in_the_inbox_once_and_its_word_is_obeyed(
    gateway: TextGateway,
) -> None:
    assert twilio(gateway, "in", INBOUND) == 204
    assert twilio(gateway, "in", INBOUND) == 204
    assert (Entry.objects.count(), trouble()) == (1, "stopped")
    gateway.refresh_from_db()
    assert gateway.heard_at is not None


def test_signed_news_settles_a_text_once_also_one_whose_fate_was_unknown(
    gateway: TextGateway,
) -> None:
    row = text(gateway, reason="unknown", provider_id="")
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    for _ in range(2):
        assert twilio(gateway, "news", fields, query=f"?ref={row.pk}") == 204
    row.refresh_from_db()
    assert (row.reason, Receipt.objects.count()) == ("delivered", 1)


@pytest.mark.req("S4.6", "S4.9", "MSG-11")
@pytest.mark.parametrize(
    ("code", "reason", "known"),
    [
        ("30006", "landline", "landline"),
        ("21610", "opted_out", "stopped"),
        ("30007", "carrier_filtered", ""),
        ("30005", "invalid_number", "invalid"),
    ],
)
def test_what_the_carrier_knows_of_a_number_is_known_here(
    gateway: TextGateway, code: str, reason: str, known: str
) -> None:
    row = text(gateway)
    assert (
        twilio(
            gateway,
            "news",
            {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code},
        )
        == 204
    )
    row.refresh_from_db()
    assert (row.reason, trouble()) == (reason, known)


def test_what_is_not_genuine_is_answered_400_and_writes_nothing(gateway: TextGateway) -> None:
    assert twilio(gateway, "in", INBOUND, secret="guessed") == 400
    assert push(address(gateway, "in"), urlencode(INBOUND).encode()) == 400
    assert push(address(gateway, "news"), b"") == 400
    # Signed for one address, posted to another.
    url = address(gateway, "in")
    mac = form_signature(
        url=settings.PUBLIC_URL + address(gateway, "news"), fields=INBOUND.items(), secret=TOKEN
    )
    assert push(url, urlencode(INBOUND).encode(), **{"X-Twilio-Signature": mac}) == 400
    gateway.refresh_from_db()
    assert (Entry.objects.count(), trouble(), gateway.heard_at) == (0, "", None)


def test_a_business_cannot_speak_of_its_neighbours_texts(
    gateway: TextGateway, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        theirs = make_gateway(
            next_door, gateway="twilio", account="AC2", sealed=Secrets(token="theirs").sealed()
        )
    row = text(gateway)
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    assert twilio(theirs, "news", fields, query=f"?ref={row.pk}", secret="theirs") == 204
    row.refresh_from_db()
    assert row.reason == "handed_over"
    assert twilio(gateway, "in", INBOUND, secret="theirs") == 400


def test_the_address_of_an_account_that_was_replaced_goes_on_hearing(
    gateway: TextGateway, business: Business
) -> None:
    TextGateway.objects.filter(pk=gateway.pk).update(ended_at=clock.now())
    new = make_gateway(
        business, gateway="twilio", account="AC9", sealed=Secrets(token="new").sealed()
    )
    assert twilio(gateway, "in", INBOUND) == 204
    assert twilio(gateway, "in", INBOUND | {"MessageSid": "SM8"}, secret="new") == 204
    assert Entry.objects.count() == 2
    new.refresh_from_db()
    assert new.heard_at is not None


def test_vonage_and_a_gateway_of_ones_own_are_heard_in_their_own_way(
    business: Business, scope: None
) -> None:
    secrets = Secrets(token="t", hook=HOOK).sealed()
    vonage = make_gateway(business, gateway="vonage", account="key", sealed=secrets)
    body = json.dumps(
        {"message_uuid": "u1", "from": ANA[1:], "text": "Hola", "channel": "sms"}
    ).encode()
    claims = {
        "iat": int(clock.now().timestamp()),
        "api_key": "key",
        "payload_hash": hashlib.sha256(body).hexdigest(),
    }
    token = jwt.encode(claims, HOOK, algorithm="HS256")
    assert push(address(vonage, "in"), body, Authorization=f"Bearer {token}") == 204
    assert push(address(vonage, "in"), body + b" ", Authorization=f"Bearer {token}") == 400
    TextGateway.objects.update(ended_at=clock.now())
    own = make_gateway(business, gateway="http", url="https://gateway.example", sealed=secrets)
    body = json.dumps({"event": "e1", "from": ANA, "text": "Hola otra vez"}).encode()
    mac = sign_timed(body=body, secret=HOOK, now=clock.now())
    assert push(address(own, "in"), body, **{"Clientela-Signature": mac}) == 204
    assert push(address(own, "in"), body, **{"Clientela-Signature": mac[:-1]}) == 400
    assert Conversation.objects.get().unread == 2


def test_nobodys_gateway_and_a_simulated_one_that_nothing_is_pushed_to(
    gateway: TextGateway, business: Business, settings: Any
) -> None:
    missing = reverse("hooks:text-in", args=["0197f000-0000-7000-8000-000000000001"])
    assert push(missing, b"x") == 404
    assert Browser().get(address(gateway, "in")).status_code == 405
    TextGateway.objects.update(gateway="simulator")
    assert push(address(gateway, "in"), b"{}") == 400
    settings.TESTING = False
    assert push(address(gateway, "in"), b"{}") == 404


def test_too_long_is_not_read_and_lost_secrets_ask_for_the_push_again(gateway: TextGateway) -> None:
    assert push(address(gateway, "in"), b"x" * (64 * 1024 + 1)) == 413
    TextGateway.objects.update(sealed="sealed with a key that is gone")
    assert twilio(gateway, "in", INBOUND) == 503


@pytest.mark.parametrize(
    "body",
    ["a" * 8000, "🙂" * 2000, "nul \x00 nul", "\ud83d", "İstanbul ﷽ \u202e", ""],
    ids=["long", "emoji", "nul", "half a character", "scripts", "empty"],
)
def test_whatever_a_carrier_signs_is_taken_in(gateway: TextGateway, body: str) -> None:
    fields = INBOUND | {"Body": body.encode("utf-8", "replace").decode()}
    assert twilio(gateway, "in", fields) == 204
    with system_scope("a test"):
        entry = Entry.objects.get()
    assert len(entry.body) <= 1600


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00B", b"%00%00", b"=&=&=", b"Body=" + bytes(range(128, 256)), b"{" * 999]
)
def test_bytes_of_no_charset_are_refused_and_are_no_error(gateway: TextGateway, raw: bytes) -> None:
    assert push(address(gateway, "in"), raw, kind="text/plain; charset=utf-16") == 400
    assert (
        push(
            address(gateway, "news"), raw, kind="application/x-www-form-urlencoded; charset=koi8-r"
        )
        == 400
    )
