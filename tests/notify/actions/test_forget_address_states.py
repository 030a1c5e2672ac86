"""ERA: of a person who leaves nothing is known any more, not even that they said STOP; what others share stays."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM, at

from clientela.business.models import Business, Location
from clientela.conversations.models import Conversation, Medium
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.models import (
    AddressEvent,
    AddressState,
    DirectText,
    Message,
    SimulatedText,
    TextPurpose,
    Trouble,
)
from clientela.notify.queries.addresses_told import addresses_told
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import Client

pytestmark = pytest.mark.django_db
CANARY, SHARED = "+34600999001", "+34600999002"


@pytest.fixture
def ana(business: Business, location: Location) -> Client:
    """Ana, who said STOP; her second number is her husband's too."""
    card = factories.make_client(business)
    husband = factories.make_client(business, "Luis Prueba", "luis@example.com")
    for one, number in ((card, CANARY), (card, SHARED), (husband, SHARED)):
        add_identifier(client=one, phone=number, by=SYSTEM, now=NOW)
    for number in (CANARY, SHARED):
        change_address_state(
            business_id=business.pk, channel="sms", address=number, trouble=Trouble.STOPPED,
            because="keyword", detail="STOP", now=NOW,
        )  # fmt: skip
        SimulatedText.objects.create(number=number, sender="x", body="STOP", at=NOW)
    service = factories.make_service(
        business, professionals=(factories.make_professional(business),)
    )
    factories.book(service, at("2026-11-26 10:00"), client=card, by=STAFF)
    thread = Conversation.objects.create(
        business=business, medium=Medium.SMS, address=CANARY, client=card, last_at=NOW, created_at=NOW
    )  # fmt: skip
    thread.entries.create(business=business, direction="in", body=f"call {CANARY}", at=NOW)
    DirectText.objects.create(
        business=business, purpose=TextPurpose.TEST, number=CANARY, body="x", created_at=NOW
    )
    return card


def test_nothing_of_an_address_is_left_that_nobody_else_has(ana: Client, scope) -> None:
    erase_card(card=ana, because="own-wish", by=SYSTEM, now=NOW)

    assert list(AddressState.objects.values_list("address", flat=True)) == [SHARED]
    assert AddressEvent.objects.count() == 1
    assert list(SimulatedText.objects.values_list("number", flat=True)) == [SHARED]
    assert not Conversation.objects.exists()
    assert not DirectText.objects.filter(number=CANARY).exists()
    assert not Message.objects.filter(address=CANARY).exists()


def test_a_person_is_told_what_is_known_of_their_addresses(ana: Client, scope) -> None:
    assert addresses_told(card=ana) == [
        {
            "address": number,
            "by": "sms",
            "may_be_written_to": False,
            "changes": [{"to": "stopped", "because": "keyword", "at": NOW.isoformat()}],
        }
        for number in (CANARY, SHARED)
    ]
