"""The closed list of reasons: every word of it is the end of some message, and no message ends without one (L6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.notify.texting import make_gateway

from clientela.booking import events
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import BookingPolicy
from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import (
    AddressState,
    Message,
    MessageRule,
    Reason,
    ReceiptKind,
    Recipient,
    Rule,
    SimulatedFault,
)
from clientela.notify.news import News
from clientela.people.models import Client, Consent, Identifier, IdentifierKind, NotifyBy

pytestmark = [pytest.mark.django_db, pytest.mark.req("L6", "MSG-12")]
ADDRESS, NUMBER = "ana@example.com", "+34612345678"


class Story:
    """One appointment tomorrow, a reminder two hours before by e-mail and text, and a client of whom all is well."""

    def __init__(self, appointment: Appointment, tell: Callable[..., None], now) -> None:
        self.appointment, self.tell, self.now = appointment, tell, now
        self.business = appointment.business
        self.watched = {"rule": Rule.REMINDER}
        self.due = appointment.starts_at - timedelta(hours=2)
        make_gateway(self.business)
        MessageRule.objects.create(
            business=self.business, rule=Rule.REMINDER, recipient=Recipient.CLIENT,
            timing="before:120", by_sms=True, created_at=now,
        )  # fmt: skip
        Identifier.objects.update(verified_at=now)
        Identifier.objects.create(
            business=self.business, client=appointment.client, kind=IdentifierKind.PHONE,
            value=NUMBER, written=NUMBER, created_at=now,
        )  # fmt: skip
        Client.objects.update(notify_by=NotifyBy.EMAIL_AND_SMS, activated_at=now)
        Consent.objects.all().delete()
        Consent.objects.create(
            business=self.business, client=appointment.client, text_version="test",
            notify_by=NotifyBy.EMAIL_AND_SMS, how="preferences", at=now,
        )  # fmt: skip

    def plan(self) -> None:
        """Let the booking be heard."""
        self.appointment.refresh_from_db()
        self.tell(events.AppointmentBooked, self.appointment)

    def send(self, *, at=None) -> None:
        """Let the worker look when the reminder is due."""
        while send_due(now=at or self.due):
            pass

    def fault(self, channel: str, fault: str) -> None:
        """Order what the simulator is to do wrong."""
        SimulatedFault.objects.create(
            channel=channel, address="", fault=fault, times=1, created_at=self.now
        )

    def trouble(self, channel: str, address: str, trouble: str) -> None:
        """Know something of an address."""
        AddressState.objects.create(
            business=self.business,
            channel=channel,
            address=address,
            trouble=trouble,
            since=self.now,
        )

    def news(self, kind: ReceiptKind) -> None:
        """Let the provider say something of the mail."""
        row = self.row("email")
        apply_receipt(
            news=News(
                provider="test", key=f"{kind}-1", provider_id="", message_pk=row.pk,
                business_id=row.business_id, kind=kind, code="", detail="", at=self.due,
            ),
            now=self.due,
        )  # fmt: skip

    def row(self, channel: str) -> Message:
        return Message.objects.get(channel=channel, **self.watched)


def _then(*steps: Callable[[Story], object]) -> Callable[[Story], None]:
    def story(one: Story) -> None:
        for step in steps:
            step(one)

    return story


def plan(one: Story) -> None:
    one.plan()


def send(one: Story) -> None:
    one.send()


def moved(one: Story) -> None:
    """Move it without telling the handler yet."""
    later = one.appointment.starts_at + timedelta(days=1)
    Appointment.objects.update(starts_at=later, ends_at=later + timedelta(minutes=45), sequence=1)


def same_address_among_the_staff(one: Story) -> None:
    """Let the professional and the desk have one mailbox."""
    MessageRule.objects.all().delete()
    for recipient in (Recipient.PROFESSIONAL, Recipient.DESK):
        MessageRule.objects.create(
            business=one.business, rule=Rule.STAFF_BOOKED, recipient=recipient, created_at=one.now
        )
    one.business.email = "irene@example.org"
    one.business.save()
    one.plan()
    one.watched = {"rule": Rule.STAFF_BOOKED, "recipient": Recipient.DESK}


STORIES: dict[Reason, tuple[str, Callable[[Story], None]]] = {
    Reason.NOT_ACTIVATED: ("email", _then(
        lambda one: (Client.objects.update(activated_at=None), Identifier.objects.update(verified_at=None)),
        plan, send)),
    Reason.OPTED_OUT: ("sms", _then(plan, lambda one: one.trouble("sms", NUMBER, "stopped"), send)),
    Reason.CHANNEL_OFF_BY_CLIENT: ("sms", _then(plan, lambda _: Client.objects.update(notify_by="email"), send)),
    Reason.NO_ADDRESS: ("email", _then(plan, lambda _: Identifier.objects.filter(kind="email").delete(), send)),
    Reason.LANDLINE: ("sms", _then(lambda _: Identifier.objects.filter(kind="phone").update(value="+34912345678"), plan, send)),
    Reason.INVALID_NUMBER: ("sms", _then(lambda _: Identifier.objects.filter(kind="phone").update(value="+34806123456"), plan, send)),
    Reason.TOO_CLOSE: ("email", _then(
        lambda one: Appointment.objects.update(starts_at=one.now + timedelta(hours=1)), plan)),
    Reason.RULE_DISABLED: ("email", _then(plan, lambda _: MessageRule.objects.update(is_on=False), send)),
    Reason.POLICY_GATE: ("email", _then(
        plan, lambda _: (BookingPolicy.objects.update(notification_gate="verified_contact"),
                         Identifier.objects.update(verified_at=None)), send)),
    Reason.DUPLICATE_SUPPRESSED: ("email", same_address_among_the_staff),
    Reason.QUIET_HOURS: ("sms", _then(
        plan, lambda _: Client.objects.update(quiet_from_minute=0, quiet_until_minute=1435), send)),
    Reason.CANCELLED_BEFORE_SEND: ("email", _then(plan, lambda _: Appointment.objects.update(status=Status.CANCELLED), send)),
    Reason.SUPERSEDED: ("email", _then(plan, moved, send)),
    Reason.QUEUED: ("email", plan),
    Reason.HANDED_OVER: ("email", _then(plan, send)),
    Reason.DELIVERED: ("email", _then(plan, send, lambda one: one.news(ReceiptKind.DELIVERED))),
    Reason.BOUNCED_HARD: ("email", _then(plan, send, lambda one: one.news(ReceiptKind.BOUNCED_HARD))),
    Reason.BOUNCED_SOFT: ("email", _then(plan, send, lambda one: one.news(ReceiptKind.BOUNCED_SOFT))),
    Reason.CARRIER_FILTERED: ("email", _then(plan, send, lambda one: one.news(ReceiptKind.FILTERED))),
    Reason.PROVIDER_ERROR: ("sms", _then(plan, lambda one: one.fault("sms", "reject"), send)),
    Reason.SCHEDULER_DOWN: ("email", _then(plan, lambda one: one.send(at=one.appointment.starts_at))),
    Reason.UNKNOWN: ("sms", _then(plan, lambda one: one.fault("sms", "lost-receipt"), send)),
}  # fmt: skip


def test_the_list_is_whole():
    assert set(STORIES) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_the_end_of_a_message(reason, make_appointment, tell, now):
    channel, happens = STORIES[reason]
    story = Story(make_appointment(channel=Channel.STAFF), tell, now)
    happens(story)
    assert story.row(channel).reason == reason
    assert not Message.objects.exclude(reason__in=Reason.values).exists()
