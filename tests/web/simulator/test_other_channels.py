"""The simulator's telephones, devices and faults: what was sent is seen, answers take the real way, faults are taken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from clientela.business.models import Business
from clientela.conversations.models import Conversation
from clientela.notify.actions.keep_push_device import keep_push_device
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.actions.order_fault import order_fault
from clientela.notify.channels.sms.simulator import TextFault
from clientela.notify.errors import FaultUnknown
from clientela.notify.models import (
    AddressState,
    GatewayName,
    SenderKind,
    SimulatedFault,
    SimulatedPush,
    SimulatedText,
    TextGateway,
)
from clientela.notify.push_address import simulated_address
from clientela.notify.simulated_faults import FAULTS, take_fault
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope
from clientela.web.simulator.faults import WORDS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NUMBER, SENDER = "+34612345678", "+34600000001"
PAGES = ("simulator:texts", "simulator:pushes", "simulator:faults")


@pytest.fixture
def thread(business: Business) -> str:
    """Fisio Retiro sends texts, and has sent one to Ana's telephone; its address on the simulator."""
    with business_scope(business.pk):
        TextGateway.objects.create(
            business=business,
            gateway=GatewayName.SIMULATOR,
            sender=SENDER,
            sender_kind=SenderKind.LONG_NUMBER,
            currency="EUR",
            countries=["ES"],
            created_at=AT,
        )
    SimulatedText.objects.create(
        number=NUMBER, sender=SENDER, body="Mañana 17:30, hora de Madrid <b>", key="k", at=AT
    )
    return f"{reverse('simulator:texts')}?phone=%2B34612345678&from=%2B34600000001"


def test_a_telephone_shows_its_thread_with_the_business_it_is_with(
    client: Client, thread: str
) -> None:
    assert "+34 612 34 56 78" in client.get(reverse("simulator:texts")).text
    text = client.get(thread).text
    assert "Fisio Retiro" in text
    assert "Mañana 17:30, hora de Madrid &lt;b&gt;" in text
    newest = client.get(thread).context["newest"]
    again = client.get(f"{thread}&seen={newest}", headers={"hx-request": "true"})
    assert again.status_code == 204


@pytest.mark.req("S4.12")
def test_stop_and_start_from_the_telephone_take_the_way_of_a_real_text(
    client: Client, thread: str, business: Business
) -> None:
    for word, trouble in (("STOP", "stopped"), ("START", "")):
        assert client.post(thread, {"body": word}).status_code == 302
        with system_scope("a test looks"):
            assert AddressState.objects.get(address=NUMBER).trouble == trouble
            assert Conversation.objects.filter(business=business).count() == 1
    assert SimulatedText.objects.filter(is_inbound=True).count() == 2


def test_nobody_hears_a_text_to_a_number_that_sends_for_no_business(client: Client) -> None:
    client.post(f"{reverse('simulator:texts')}?phone=%2B34612345678&from=x", {"body": "STOP"})
    assert not SimulatedText.objects.exists()


def test_a_device_shows_its_notices(client: Client) -> None:
    make_push_keys(now=AT)
    ana = factories.make_account("ana@example.com", "Ana")
    address = simulated_address()
    device = keep_push_device(
        account=ana,
        endpoint=address.endpoint,
        p256dh=address.p256dh,
        auth=address.auth,
        name="Firefox/Android",
        by=Actor.client(ana.pk),
        now=AT,
    )
    SimulatedPush.objects.create(
        device=device, title="Mañana", body="17:30 <i>", link="http://x/client/", at=AT
    )
    text = client.get(reverse("simulator:pushes")).text
    for part in ("Firefox on Android", "ana@example.com", "Mañana", "17:30 &lt;i&gt;"):
        assert part in text


def test_a_fault_is_ordered_taken_so_many_times_and_lifted(client: Client) -> None:
    url = reverse("simulator:faults")
    said = {"what": "push:later", "address": "", "times": "2"}
    assert client.post(url, said).status_code == 302
    assert "Not now, again later" in client.get(url).text
    assert [take_fault(channel="push", address="x") for _ in range(3)] == ["later", "later", ""]
    client.post(url, {"what": "sms:landline", "address": NUMBER, "times": ""})
    assert take_fault(channel="sms", address="+34600000000") == ""
    assert [take_fault(channel="sms", address=NUMBER) for _ in range(3)] == ["landline"] * 3
    client.post(url, {"lift": str(SimulatedFault.objects.get(channel="sms").pk)})
    assert take_fault(channel="sms", address=NUMBER) == ""


@pytest.mark.parametrize("said", [{"what": "push:flood"}, {"what": "push:gone", "times": "0"}])
def test_a_fault_that_does_not_exist_is_not_ordered(client: Client, said: dict[str, str]) -> None:
    assert client.post(reverse("simulator:faults"), said).status_code == 422
    with pytest.raises(FaultUnknown):
        order_fault(channel="push", fault="flood", now=AT)


def test_every_fault_has_words_and_a_simulator_that_knows_it() -> None:
    assert set(WORDS) == {one for faults in FAULTS.values() for one in faults}
    assert set(FAULTS["sms"]) == set(TextFault)


@pytest.mark.parametrize("page", PAGES)
def test_outside_a_demo_there_is_no_such_page(client: Client, settings, page: str) -> None:  # type: ignore[no-untyped-def]  # pytest-django's
    settings.TESTING = False
    assert client.get(reverse(page)).status_code == 404
    assert client.post(f"{reverse('simulator:texts')}?phone=1&from=2").status_code == 404
