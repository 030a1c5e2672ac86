"""A business that sends texts by the simulator, and a client who writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories import NOW

from clientela.business.models import Business
from clientela.conversations.models import Conversation
from clientela.notify.actions.receive_text import receive_text
from clientela.notify.models import GatewayName, SenderKind, TextGateway
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.models import Client
from clientela.platform.actor import Actor

NUMBER = "+34612345678"
Writes = Callable[..., Conversation]


@pytest.fixture
def gateway(business: Business, scope: None) -> TextGateway:
    return TextGateway.objects.create(
        business=business,
        gateway=GatewayName.SIMULATOR,
        sender="+34600111222",
        sender_kind=SenderKind.LONG_NUMBER,
        currency="EUR",
        countries=["ES"],
        created_at=NOW,
    )


@pytest.fixture
def mobile(client_card: Client) -> Client:
    """The cast's client with a mobile number."""
    add_identifier(client=client_card, phone=NUMBER, by=Actor.system("test"), now=NOW)
    return client_card


@pytest.fixture
def writes(gateway: TextGateway) -> Writes:
    """Give a function that lets a number write, and returns its thread."""
    counted = iter(range(1_000))

    def write(body: str, *, number: str = NUMBER) -> Conversation:
        entry = receive_text(
            gateway=gateway, number=number, body=body, key=f"in-{next(counted)}", now=NOW
        )
        assert entry is not None
        return entry.conversation

    return write
