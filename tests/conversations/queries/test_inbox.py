"""The inbox: the latest thread first, with its last words; what is unread; nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.models import Business
from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.actions.keep_inbox import put_aside
from clientela.conversations.actions.open_conversation import open_conversation
from clientela.conversations.models import Conversation, Direction, Medium
from clientela.conversations.queries.card_of_number import card_of_number, cards_of_number
from clientela.conversations.queries.inbox import Unread, inbox, unread
from clientela.conversations.queries.thread import (
    conversation,
    conversation_of_number,
    thread,
)
from clientela.conversations.words import LONGEST, kept_words
from clientela.platform.tenancy import business_scope

pytestmark = pytest.mark.django_db


def talk(business: Business, number: int, *words: str) -> Conversation:
    """A thread in which the person said these words, a minute apart; the later the number, the later."""
    found = open_conversation(
        business=business, medium=Medium.SMS, address=f"+3461234567{number}", now=NOW
    )
    for at, body in enumerate(words):
        add_entry(
            conversation=found,
            direction=Direction.IN,
            body=body,
            key=f"{business.slug}-{number}-{at}",
            now=NOW + timedelta(hours=number, minutes=at),
        )
    return found


@pytest.mark.req("S4.13")
def test_the_latest_thread_comes_first_with_its_last_words(
    business: Business, scope: None, django_assert_num_queries: Any
) -> None:
    ana = factories.make_client(business, phones=["+34612345671"])
    talk(business, 1, "Hola", "¿Hay hueco?")
    talk(business, 2, "STOP")
    aside = talk(business, 3, "Gracias")
    put_aside(conversation=aside, now=NOW)
    with django_assert_num_queries(1):
        rows = inbox(business=business)
        found = [(one.name, one.words, one.is_ours, one.conversation.unread) for one in rows]
    assert found == [
        ("+34612345672", "STOP", False, 1),
        (ana.record_name, "¿Hay hueco?", False, 2),
    ]
    assert [one.words for one in inbox(business=business, is_aside=True)] == ["Gracias"]
    assert [one.words for one in inbox(business=business, client_id=ana.pk)] == ["¿Hay hueco?"]
    (first,) = inbox(business=business, limit=1)
    (second,) = inbox(business=business, before=first.conversation.last_at)
    assert second.conversation.client == ana
    with django_assert_num_queries(1):
        assert unread(business=business) == Unread(threads=2, entries=3)


def test_next_door_sees_its_own(business: Business, next_door: Business, scope: None) -> None:
    mine = talk(business, 1, "Hola")
    with business_scope(next_door.pk):
        talk(next_door, 1, "Buenas")
        assert [one.words for one in inbox(business=next_door)] == ["Buenas"]
        assert conversation(business=next_door, conversation_id=mine.pk) is None
    assert unread(business=business) == Unread(threads=1, entries=1)


def test_a_thread_is_read_from_its_end_in_the_order_it_was_said(
    business: Business, scope: None
) -> None:
    talk(business, 1, *"abcde")
    found = conversation_of_number(business=business, number="+34612345671")
    assert found is not None
    last = thread(conversation=found, limit=2)
    assert [one.body for one in last] == ["d", "e"]
    earlier = thread(conversation=found, before=last[0].at)
    assert [one.body for one in earlier] == ["a", "b", "c"]


def test_a_number_is_a_cards_if_exactly_one_living_card_has_it(
    business: Business, scope: None
) -> None:
    number = "+34612345678"
    assert card_of_number(business=business, number=number) is None
    ana = factories.make_client(business, phones=[number])
    assert card_of_number(business=business, number=number) == ana
    factories.make_client(business, "Madre", "madre@example.com", phones=[number])
    assert card_of_number(business=business, number=number) is None
    assert len(cards_of_number(business=business, number=number)) == 2


@pytest.mark.nodb
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Hola\r\nAna \n", "Hola\nAna"),
        ("a\x00b\x07c", "abc"),
        ("👩‍👩‍👧 é", "👩‍👩‍👧 é"),
        ("\u202ea\u2067b", "ab"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * 9000, "x" * (LONGEST - 1) + "…"),
        ("\x00\n", ""),
    ],
)
def test_words_from_elsewhere_are_made_fit_to_be_kept(text: str, kept: str) -> None:
    assert kept_words(text) == kept
