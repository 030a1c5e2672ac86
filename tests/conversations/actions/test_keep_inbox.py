"""What staff do with a thread: read, put aside, bring back, say whose it is. A thread that speaks again is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests import factories
from tests.cast import Person
from tests.factories import NOW

from clientela.business.models import Business
from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.actions.keep_inbox import (
    bring_back,
    link_client,
    mark_read,
    put_aside,
)
from clientela.conversations.actions.open_conversation import open_conversation
from clientela.conversations.errors import CardNotHere
from clientela.conversations.models import Conversation, Direction, Entry, Medium
from clientela.people.models import Client
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import ForeignTenant, business_scope

pytestmark = pytest.mark.django_db

ANA = "+34612345678"


@pytest.fixture
def thread(business: Business, scope: None) -> Conversation:
    found = open_conversation(business=business, medium=Medium.SMS, address=ANA, now=NOW)
    add_entry(conversation=found, direction=Direction.IN, body="Hola", key="1", now=NOW)
    return found


def says(thread: Conversation, body: str, *, key: str, minutes: int = 1) -> Entry | None:
    at = NOW + timedelta(minutes=minutes)
    return add_entry(conversation=thread, direction=Direction.IN, body=body, key=key, now=at)


def test_reading_makes_it_read_but_for_what_came_while_the_page_was_opened(
    thread: Conversation,
) -> None:
    says(thread, "¿Hola?", key="2")
    mark_read(conversation=thread, seen=1)
    thread.refresh_from_db()
    assert thread.unread == 2
    mark_read(conversation=thread, seen=2)
    thread.refresh_from_db()
    assert thread.unread == 0


def test_an_answer_makes_it_read_and_is_by_whom_gave_it(thread: Conversation, desk: Person) -> None:
    entry = add_entry(
        conversation=thread, direction=Direction.OUT, body="Sí", by_id=desk.account.pk, now=NOW
    )
    assert entry is not None
    assert (entry.by_id, thread.unread) == (desk.account.pk, 0)


def test_put_aside_it_is_back_when_the_person_writes_again_or_somebody_takes_it_back(
    thread: Conversation,
) -> None:
    put_aside(conversation=thread, now=NOW)
    assert (thread.closed_at, thread.unread) == (NOW, 0)
    says(thread, "Otra cosa", key="2")
    assert (thread.closed_at, thread.unread) == (None, 1)
    put_aside(conversation=thread, now=NOW)
    bring_back(conversation=thread)
    thread.refresh_from_db()
    assert thread.closed_at is None


def test_a_person_says_whose_thread_it_is_and_that_stays_whatever_numbers_say(
    business: Business, thread: Conversation, client_card: Client, desk: Person
) -> None:
    link_client(conversation=thread, client=client_card, by=desk.actor, now=NOW)
    factories.make_client(business, "Otra", "otra@example.com", phones=[ANA])
    again = open_conversation(business=business, medium=Medium.SMS, address=ANA, now=NOW)
    assert again.client == client_card
    link_client(conversation=thread, client=None, by=desk.actor, now=NOW)
    assert [
        one.action
        for one in AuditEvent.objects.filter(action__startswith="conversation-").order_by(
            "at", "id"
        )
    ] == [
        "conversation-linked",
        "conversation-unlinked",
    ]


def test_it_cannot_be_linked_to_a_neighbours_card_or_to_one_that_stands_for_nobody(
    thread: Conversation, client_card: Client, next_door: Business, desk: Person
) -> None:
    with business_scope(next_door.pk):
        theirs = factories.make_client(next_door, "Ajena", "ajena@example.com")
    for card in (theirs, client_card):
        Client.objects.update(erased_at=NOW)
        with pytest.raises(CardNotHere):
            link_client(conversation=thread, client=card, by=desk.actor, now=NOW)
    thread.refresh_from_db()
    assert thread.client is None


def test_the_same_key_is_one_entry_in_a_business_and_another_one_next_door(
    thread: Conversation, next_door: Business
) -> None:
    assert says(thread, "Hola otra vez", key="1") is None
    assert Entry.objects.count() == 1
    with business_scope(next_door.pk):
        theirs = open_conversation(business=next_door, medium=Medium.SMS, address=ANA, now=NOW)
        assert says(theirs, "Hola", key="1") is not None
        with pytest.raises(ForeignTenant):
            says(thread, "x", key="3")


def test_what_was_said_is_never_changed(thread: Conversation) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(body="No dije eso")
    assert Entry.objects.get().body == "Hola"
