"""The way back to texts: by email, with the number to answer; it starts nothing by itself."""

from __future__ import annotations

import pytest

from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.mail_start import mail_start
from clientela.notify.errors import TrialRefused
from clientela.notify.models import (
    AccountMail,
    AddressState,
    GatewayName,
    SenderKind,
    TextGateway,
    Trouble,
)
from clientela.people.models import Identifier
from clientela.platform import sealed
from clientela.platform.actor import Actor

BY = Actor.system("tests")
pytestmark = pytest.mark.django_db


@pytest.mark.req("S4.12")
def test_the_letter_leads_to_start_and_the_number_stays_stopped(client_card, now):
    Identifier.objects.filter(client=client_card).update(verified_at=now)
    gateway = TextGateway.objects.create(
        business=client_card.business,
        gateway=GatewayName.SIMULATOR,
        sender="+34910000000",
        sender_kind=SenderKind.LONG_NUMBER,
        currency="EUR",
        created_at=now,
    )
    change_address_state(
        business_id=client_card.business_id,
        channel="sms",
        address="+34600000012",
        trouble=Trouble.STOPPED,
        because="keyword",
        now=now,
    )
    queued = mail_start(client=client_card, by=BY, now=now)
    words = str(sealed.open_kept(queued.parcel_id))
    assert "sms:+34910000000?body=START" in words
    assert AddressState.objects.get(channel="sms").trouble == Trouble.STOPPED
    TextGateway.objects.filter(pk=gateway.pk).update(sender_kind=SenderKind.NAME, sender="Fisio")
    with pytest.raises(TrialRefused) as caught:
        mail_start(client=client_card, by=BY, now=now)
    assert caught.value.reason == "sender-unanswerable"
    assert AccountMail.objects.count() == 1
