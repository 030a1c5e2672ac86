"""Texts in tests: a simulated gateway for a business, what its phones show, and a turn of the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.factories import NOW, SYSTEM

from clientela.business.models import Business
from clientela.notify.actions.receive_text import receive_text
from clientela.notify.actions.send_direct_texts import send_direct_texts
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.models import (
    AddressState,
    DirectText,
    GatewayName,
    SenderKind,
    SimulatedFault,
    SimulatedText,
    TextGateway,
)
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client

ANA = "+34612345678"
LUZ = "+34622345678"


def make_gateway(business: Business, **fields: Any) -> TextGateway:
    """Let a business send texts by the simulator."""
    values: dict[str, Any] = {
        "gateway": GatewayName.SIMULATOR,
        "sender": "+34600111222",
        "sender_kind": SenderKind.LONG_NUMBER,
        "price_minor": 8,
        "cap_minor": 2000,
        "currency": "EUR",
        "countries": ["ES"],
        "created_at": NOW,
    }
    return TextGateway.objects.create(business=business, **(values | fields))


def make_texting_client(
    business: Business, name: str = "Ana Prueba", number: str = ANA, **fields: Any
) -> Client:
    """A card with a number and no address."""
    return register_client(
        business=business, name=name, emails=[], phones=[number], by=SYSTEM, now=NOW, **fields
    )


def writes(
    gateway: TextGateway, body: str, *, number: str = ANA, key: str = "", now: datetime = NOW
) -> Any:
    """Let a person text the business; each text is another unless a key is given."""
    writes.count += 1  # type: ignore[attr-defined]  # below
    return receive_text(
        gateway=gateway,
        number=number,
        body=body,
        key=key or f"in-{writes.count}",
        now=now,  # type: ignore[attr-defined]  # below
    )


writes.count = 0  # type: ignore[attr-defined]  # counts the texts of a run


def fault(kind: str, *, number: str = "", times: int | None = None) -> SimulatedFault:
    """Order something to go wrong."""
    return SimulatedFault.objects.create(
        channel="sms", address=number, fault=kind, times=times, created_at=NOW
    )


def work(now: datetime = NOW) -> None:
    """Send what is due, and let the carrier tell what became of it, until nothing is left."""
    while send_direct_texts(now=now) or tell_simulated_texts(now=now):
        pass


def shown(number: str = ANA) -> list[str]:
    """What a phone has shown, in order."""
    rows = SimulatedText.objects.filter(number=number, is_inbound=False)
    return list(rows.order_by("at", "id").values_list("body", flat=True))


def trouble(number: str = ANA) -> str:
    """What is known of a number."""
    found = AddressState.objects.filter(channel="sms", address=number).first()
    return found.trouble if found else ""


def reasons() -> list[tuple[str, str]]:
    """What became of every direct text: reason and detail, oldest first."""
    return list(DirectText.objects.order_by("created_at", "id").values_list("reason", "detail"))
