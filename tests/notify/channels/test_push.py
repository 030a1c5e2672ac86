"""Pushes: encrypted for one browser alone, signed as ours, handed to known services, one copy on each device."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import http_ece
import pytest
from py_vapid import Vapid02
from tests import factories
from tests.notify.channels.browsers import Browser, b64, keep

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.notify.actions.keep_push_device import MOST_DEVICES
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.channels.push import encrypted, web_push
from clientela.notify.channels.push.answers import Fate, fate_of, sum_up
from clientela.notify.channels.push.channel import CHANNEL
from clientela.notify.channels.push.parcel import Device, Parcel
from clientela.notify.errors import PushDeviceRefused, PushNotReady
from clientela.notify.models import (
    Message,
    Outcome,
    PushDevice,
    PushKey,
    Reason,
    Recipient,
    Rule,
    SimulatedFault,
    SimulatedPush,
)
from clientela.notify.push_address import SERVICES, PushAddress, read_push_address
from clientela.notify.queries.push_keys import private_push_key, public_push_key
from clientela.platform.ids import uuid7
from clientela.platform.outside import Answer, NotPublic, Silence

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(appointment: Appointment, now: Any) -> Message:
    """Her confirmation, as a push."""
    return Message.objects.create(
        business=appointment.business,
        appointment=appointment,
        occurrence=appointment.sequence,
        rule=Rule.CONFIRMATION,
        recipient=Recipient.CLIENT,
        recipient_id=appointment.client_id,
        channel="push",
        reason=Reason.QUEUED,
        language="es",
        zone="Europe/Madrid",
        message_id="<push@test>",
        due_at=now,
        send_at=now,
        created_at=now,
    )


def send(message: Message, now: Any) -> Any:
    message.refresh_from_db()
    with CHANNEL.session() as session:
        return session.hand_over(CHANNEL.compose(message, now=now), now=now)


# --- what is sent ---------------------------------------------------------------------------------


@pytest.mark.nodb
def test_only_the_browser_it_is_for_can_read_it() -> None:
    ana, otto = Browser(), Browser()
    sealed = encrypted.encrypt(b'{"title":"Hola"}', address=PushAddress(**ana.says))
    assert ana.read(sealed) == {"title": "Hola"}
    with pytest.raises(http_ece.ECEException):
        otto.read(sealed)
    again = encrypted.encrypt(b'{"title":"Hola"}', address=PushAddress(**ana.says))
    assert again != sealed


def test_the_signature_names_the_service_and_is_made_with_our_pair(keys: None) -> None:
    word = encrypted.signature(host="web.push.apple.com", private_key=private_push_key())
    assert Vapid02.verify(word)
    token, _, public = word.removeprefix("vapid t=").partition(",k=")
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == "https://web.push.apple.com"
    assert claims["sub"].startswith("mailto:")
    assert public == public_push_key()


def test_a_push_says_what_when_and_leads_to_the_persons_own_page(
    message: Message, ana: Account, keys: None, now: Any
) -> None:
    keep(ana, Browser(), now)
    parcel = CHANNEL.compose(message, now=now)
    said = json.loads(parcel.payload)
    assert "17:30" in said["title"] + said["body"]
    assert "Madrid" in said["title"] + said["body"]
    assert f"/client/appointments/{message.appointment_id}" in said["link"]
    assert said["tag"] == message.pk.hex
    assert len(said["tag"]) == 32, "a push service takes no longer topic"
    assert parcel.lasts == int((message.appointment.starts_at - now).total_seconds())
    assert len(parcel.payload) < 3000


# --- handing over ---------------------------------------------------------------------------------


def test_one_message_goes_to_every_device_and_a_copy_replaces_the_first(
    message: Message, ana: Account, keys: None, now: Any
) -> None:
    devices = {keep(ana, Browser(), now).pk for _ in range(2)}
    assert send(message, now).outcome is Outcome.ACCEPTED
    assert send(message, now + timedelta(minutes=1)).outcome is Outcome.ACCEPTED
    assert {row.device_id for row in SimulatedPush.objects.all()} == devices
    assert SimulatedPush.objects.count() == 2
    assert PushDevice.objects.filter(used_at=now + timedelta(minutes=1)).count() == 2


def test_a_device_that_is_gone_is_forgotten_and_without_another_there_is_no_address(
    message: Message, ana: Account, keys: None, now: Any
) -> None:
    device = keep(ana, Browser(), now)
    SimulatedFault.objects.create(channel="push", fault="gone", times=1, created_at=now)
    result = send(message, now)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, Reason.NO_ADDRESS)
    device.refresh_from_db()
    assert (device.ended_at, device.sealed) == (now, "")
    assert send(message, now).reason == Reason.NO_ADDRESS


def test_the_same_browser_that_says_yes_again_is_the_same_device(
    ana: Account, keys: None, now: Any
) -> None:
    browser = Browser()
    first = keep(ana, browser, now)
    PushDevice.objects.update(ended_at=now, sealed="")
    assert keep(ana, browser, now).pk == first.pk
    first.refresh_from_db()
    assert first.ended_at is None
    assert browser.says["endpoint"] not in first.sealed


def test_a_browser_belongs_to_who_said_yes_last(ana: Account, keys: None, now: Any) -> None:
    browser, otto = Browser(), factories.make_account("otto@example.org", "Otto")
    keep(ana, browser, now)
    keep(otto, browser, now)
    assert [row.account_id for row in PushDevice.objects.all()] == [otto.pk]


def test_the_oldest_of_too_many_devices_is_forgotten(ana: Account, keys: None, now: Any) -> None:
    for number in range(MOST_DEVICES + 2):
        keep(ana, Browser(), now + timedelta(minutes=number), name=f"{number}")
    names = set(PushDevice.objects.values_list("name", flat=True))
    assert names == {str(number) for number in range(2, MOST_DEVICES + 2)}


def test_before_the_worker_has_made_the_keys_nobody_can_say_yes(ana: Account, now: Any) -> None:
    with pytest.raises(PushNotReady):
        keep(ana, Browser(), now)


# --- the real services ----------------------------------------------------------------------------


def parcel_for(*browsers: Browser) -> Parcel:
    devices = tuple(Device(id=uuid7(), address=PushAddress(**one.says)) for one in browsers)
    return Parcel(
        devices=devices,
        title="Hola",
        body="",
        link="/client/",
        tag="a" * 32,
        language="es",
        lasts=600,
        is_urgent=True,
    )


def test_each_service_is_called_with_what_it_needs(
    keys: None, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []

    def answer(**request: Any) -> Answer:
        calls.append(request)
        return Answer(status=201, headers={}, body=b"")

    monkeypatch.setattr(web_push, "call", answer)
    browser = Browser()
    with web_push.Session() as session:
        result = session.hand_over(parcel_for(browser), now=now)
    assert (result.outcome, result.code) == (Outcome.ACCEPTED, "201")
    sent = calls[0]
    assert sent["url"] == browser.says["endpoint"]
    assert browser.read(sent["body"])["title"] == "Hola"
    wanted = {"TTL": "600", "Topic": "a" * 32, "Urgency": "high", "Content-Encoding": "aes128gcm"}
    assert wanted.items() <= sent["headers"].items()


@pytest.mark.parametrize(
    ("trouble", "outcome", "reason", "unreachable"),
    [
        (Silence("ReadTimeout", may_have_arrived=True), Outcome.UNKNOWN, "", False),
        (Silence("ConnectError", may_have_arrived=False), Outcome.RETRY, "", True),
        (NotPublic("x"), Outcome.REFUSED, Reason.PROVIDER_ERROR, False),
    ],
)
def test_silence_and_private_addresses(
    keys: None,
    now: Any,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    outcome: Outcome,
    reason: str,
    unreachable: bool,
) -> None:
    def fail(**_: Any) -> Answer:
        raise trouble

    monkeypatch.setattr(web_push, "call", fail)
    with web_push.Session() as session:
        result = session.hand_over(parcel_for(Browser()), now=now)
    assert (result.outcome, result.reason, result.is_unreachable) == (outcome, reason, unreachable)


def test_without_a_pair_everything_waits(now: Any) -> None:
    with web_push.Session() as session:
        assert session.hand_over(parcel_for(Browser()), now=now).is_unreachable


@pytest.mark.nodb
@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (201, Fate.TAKEN),
        (404, Fate.GONE),
        (410, Fate.GONE),
        (429, Fate.LATER),
        (503, Fate.LATER),
        (408, Fate.LATER),
        (302, Fate.REFUSED),
        (400, Fate.REFUSED),
        (403, Fate.REFUSED),
        (413, Fate.REFUSED),
    ],
)
def test_what_an_answer_means(status: int, fate: Fate) -> None:
    assert fate_of(status) is fate


@pytest.mark.nodb
def test_one_device_that_took_it_is_enough_and_what_can_be_mended_comes_first() -> None:
    def outcome(*fates: Fate) -> Outcome:
        return sum_up([(fate, "x") for fate in fates]).outcome

    assert outcome(Fate.GONE, Fate.SILENT, Fate.TAKEN) is Outcome.ACCEPTED
    assert outcome(Fate.LATER, Fate.SILENT) is Outcome.UNKNOWN
    assert outcome(Fate.GONE, Fate.LATER) is Outcome.RETRY
    assert outcome(Fate.GONE, Fate.REFUSED) is Outcome.REFUSED
    assert outcome() is Outcome.REFUSED


# --- addresses that strangers send ----------------------------------------------------------------


@pytest.mark.nodb
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com:8443/x",
        "https://evil@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://fcm.googleapis.com:x/",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://fcm.googleapis.com/\r\nHost: evil",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_addresses_of_known_services_are_ever_called(endpoint: str) -> None:
    says = Browser().says | {"endpoint": endpoint}
    with pytest.raises(PushDeviceRefused):
        read_push_address(**says, services=SERVICES)


@pytest.mark.nodb
@pytest.mark.parametrize("host", ["web.push.apple.com", "updates.push.services.mozilla.com"])
def test_the_services_of_the_browsers_are_known(host: str) -> None:
    assert read_push_address(**Browser(host).says, services=SERVICES).host == host


@pytest.mark.nodb
@pytest.mark.parametrize(
    "wrong",
    [{"p256dh": b64(b"\x04" * 65)}, {"p256dh": "!"}, {"auth": b64(b"short")}, {"auth": "ñ"}],
)
def test_keys_that_are_none_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(PushDeviceRefused) as refused:
        read_push_address(**(Browser().says | wrong), services=SERVICES)
    assert refused.value.reason == "push-keys-invalid"


# --- the pair -------------------------------------------------------------------------------------


def test_the_pair_is_made_once(keys: None, now: Any) -> None:
    before = public_push_key()
    assert make_push_keys(now=now) == 0
    assert public_push_key() == before
    assert len(base64.urlsafe_b64decode(before + "=")) == 65


def test_what_a_former_key_sealed_is_sealed_anew(
    ana: Account, keys: None, now: Any, settings: Any
) -> None:
    device = keep(ana, Browser(), now)
    before = (PushKey.objects.get().sealed, device.sealed, public_push_key())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert make_push_keys(now=now) == 0
    device.refresh_from_db()
    settings.SECRET_KEY_FALLBACKS = []
    assert private_push_key()
    assert PushKey.objects.get().sealed != before[0]
    assert device.sealed != before[1]
    assert public_push_key() == before[2]


def test_with_a_lost_key_a_new_pair_is_made_and_devices_are_asked_anew(
    ana: Account, keys: None, now: Any, settings: Any
) -> None:
    keep(ana, Browser(), now)
    before = public_push_key()
    settings.SECRET_KEY = "another" * 10
    assert private_push_key() == ""
    assert make_push_keys(now=now) == 1
    assert public_push_key() != before
    assert not PushDevice.objects.exists()
