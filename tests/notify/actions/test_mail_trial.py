"""A test mail: to where the client's mail goes, within limits, and to nobody who may not be written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.business.models import BookingPolicy, NotificationGate
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.mail_trial import PER_HOUR, mail_trial
from clientela.notify.errors import TrialRefused
from clientela.notify.models import AccountMail, Reason, Trouble
from clientela.people.models import Client, Identifier, NotifyBy
from clientela.platform import sealed
from clientela.platform.actor import Actor

BY = Actor.system("tests")
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client_card, now) -> Client:
    Identifier.objects.filter(client=client_card).update(verified_at=now)
    return client_card


def refused(**given) -> Reason:
    with pytest.raises(TrialRefused) as caught:
        mail_trial(**given)
    return caught.value.facts["why"]


def test_a_test_says_who_sends_it_and_what_to_put_on_the_safe_list(ana, now, settings):
    settings.DEFAULT_FROM_EMAIL = "Clientela <messages@mail.example.net>"
    queued = mail_trial(client=ana, by=BY, now=now)
    assert (queued.kind, queued.address) == ("trial", "ana@example.com")
    words = str(sealed.open_kept(queued.parcel_id))
    assert "Fisio Norte" in words
    assert "@mail.example.net" in words


def test_three_an_hour_reach_one_mailbox_whoever_asks(ana, now):
    for _ in range(PER_HOUR):
        mail_trial(client=ana, by=BY, now=now)
    assert refused(client=ana, by=BY, now=now) is Reason.POLICY_GATE
    mail_trial(client=ana, by=BY, now=now + timedelta(hours=2))
    assert AccountMail.objects.count() == PER_HOUR + 1


def test_nobody_gets_one_whom_no_message_may_reach(ana, appointment, now):
    mail_trial(client=ana, appointment=appointment, by=BY, now=now)
    BookingPolicy.objects.update(notification_gate=NotificationGate.ACTIVATED_ONLY)
    assert refused(client=ana, appointment=appointment, by=BY, now=now) is Reason.NOT_ACTIVATED
    Client.objects.filter(pk=ana.pk).update(notify_by=NotifyBy.NONE)
    ana.refresh_from_db()
    assert refused(client=ana, by=BY, now=now) is Reason.CHANNEL_OFF_BY_CLIENT
    change_address_state(
        business_id=ana.business_id,
        channel="email",
        address="ana@example.com",
        trouble=Trouble.COMPLAINED,
        because="receipt",
        now=now,
    )
    assert refused(client=ana, by=BY, now=now) is Reason.BOUNCED_HARD
    Identifier.objects.filter(client=ana).delete()
    ana = Client.objects.get(pk=ana.pk)
    assert refused(client=ana, by=BY, now=now) is Reason.NO_ADDRESS
    assert AccountMail.objects.count() == 1
