"""A reminder is sent once, whenever two cards are joined meanwhile; and to the card that stands from then on (MRG-02)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import STAFF

from clientela.booking import events
from clientela.notify.actions import send_due as sending
from clientela.notify.models import (
    Attempt,
    Message,
    MessageRule,
    Reason,
    Recipient,
    Rule,
    SimulatedMail,
)
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.models import Client, Identifier, IdentifierKind, Proof
from clientela.people.queries.merge_plan import merge_plan

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "ana@example.com", "new@example.com"
DAY = timedelta(days=1)


@pytest.fixture
def stands(client_card: Client, now) -> Client:
    """The card of the same person that the other is joined into, with another address, proved like the first."""
    card = Client.objects.create(
        business=client_card.business, record_name="Ana López", language="es", created_at=now
    )
    Identifier.objects.create(
        business=card.business, client=card, kind=IdentifierKind.EMAIL, value=NEW, for_notifications=True,
        created_at=now,
    )  # fmt: skip
    Identifier.objects.update(verified_at=now)
    return card


@pytest.mark.req("MRG-02")
@pytest.mark.parametrize(
    ("moment", "reached"),
    [
        ("", NEW),
        ("notify.send.taken", NEW),
        # It is on its way to where it was decided to go; what was begun is not begun again.
        ("notify.send.before-hand-over", OLD),
        ("notify.send.after-hand-over", OLD),
    ],
)
def test_a_reminder_that_is_due_while_its_card_is_joined_is_sent_once(
    appointment, client_card, stands, tell, now, monkeypatch, moment, reached
):
    MessageRule.objects.create(
        business=client_card.business, rule=Rule.REMINDER, timing="before:1440",
        recipient=Recipient.CLIENT, created_at=now,
    )  # fmt: skip
    tell(events.AppointmentBooked, appointment)
    due = appointment.starts_at - DAY

    def join() -> None:
        plan = merge_plan(card=client_card, into=stands, now=due)
        merge_clients(
            card=client_card,
            into=stands,
            proof=Proof.STAFF,
            plan_digest=plan.digest,
            by=STAFF,
            now=due,
        )

    def reach(name: str) -> None:
        if (
            name == moment
            and not client_card.__class__.objects.get(pk=client_card.pk).merged_into_id
        ):
            join()

    monkeypatch.setattr(sending, "failpoint", reach)
    if not moment:
        join()
    for again in range(3):
        sending.send_due(now=due + again * DAY / 4)
    assert Client.objects.get(pk=client_card.pk).merged_into == stands
    assert [one.address for one in SimulatedMail.objects.all()] == [reached]
    assert Attempt.objects.count() == 1
    assert Message.objects.get(rule=Rule.REMINDER).reason == Reason.HANDED_OVER
