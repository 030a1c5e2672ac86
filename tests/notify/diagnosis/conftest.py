"""Ana, with whom everything is in order: activated, proved, a mobile, email and text; her reminder waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business
from clientela.notify.models import (
    GatewayName,
    Message,
    Reason,
    Recipient,
    Rule,
    SenderKind,
    SendingDomain,
    TextGateway,
)
from clientela.people.models import Client, Consent, How, Identifier, IdentifierKind, NotifyBy
from clientela.platform.jobs import WorkerHeartbeat
from clientela.rules.sender_records import State

NUMBER = "+34600000012"


@pytest.fixture
def gateway(business: Business, now: datetime) -> TextGateway:
    """Texts leave from an ordinary number."""
    return TextGateway.objects.create(
        business=business,
        gateway=GatewayName.SIMULATOR,
        sender="+34910000000",
        sender_kind=SenderKind.LONG_NUMBER,
        currency="EUR",
        countries=["ES"],
        created_at=now,
    )


@pytest.fixture
def ana(client_card: Client, now: datetime) -> Client:
    """Her card."""
    before = now - timedelta(days=30)
    Identifier.objects.filter(client=client_card).update(verified_at=before)
    Identifier.objects.create(
        business=client_card.business,
        client=client_card,
        kind=IdentifierKind.PHONE,
        value=NUMBER,
        written=NUMBER,
        created_at=before,
    )
    Client.objects.filter(pk=client_card.pk).update(
        activated_at=before, notify_by=NotifyBy.EMAIL_AND_SMS
    )
    Consent.objects.filter(client=client_card).delete()
    Consent.objects.create(
        business=client_card.business,
        client=client_card,
        notify_by=NotifyBy.EMAIL_AND_SMS,
        how=How.ACTIVATION,
        text_version="1",
        at=before,
    )
    client_card.refresh_from_db()
    return client_card


@pytest.fixture
def domain(settings: Any, now: datetime) -> SendingDomain:
    """What receivers look at is in order."""
    settings.DEFAULT_FROM_EMAIL = "Clientela <messages@mail.example.net>"
    ok = State.PASS.value
    return SendingDomain.objects.create(
        name="mail.example.net", spf=ok, dkim=ok, dmarc=ok, checked_at=now
    )


@pytest.fixture
def visit(
    ana: Client,
    gateway: TextGateway,
    domain: SendingDomain,
    make_appointment: Callable[..., Appointment],
    tell: Callable[..., None],
    now: datetime,
) -> Appointment:
    """Booked by hand, on a device at home; the confirmation was handed over, a worker lives."""
    WorkerHeartbeat.objects.create(process="here:1", started_at=now, beat_at=now)
    made = make_appointment(
        channel=Channel.STAFF, door="desk", phone_used=NUMBER, device_zone="Europe/Madrid"
    )
    tell(events.AppointmentBooked, made)
    told = Message.objects.filter(recipient=Recipient.CLIENT, rule=Rule.CONFIRMATION)
    assert told.update(reason=Reason.HANDED_OVER, send_at=None, settled_at=now, tries=1) == 1
    return made
