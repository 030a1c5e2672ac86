"""What the inbox lists of a thread, whose a number is, and what words from elsewhere are kept as."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.models import Business
from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.actions.open_conversation import open_conversation
from clientela.conversations.models import Conversation, Direction, Medium
from clientela.conversations.queries.card_of_number import card_of_number, cards_of_number
from clientela.conversations.queries.inbox import row_of, with_last
from clientela.conversations.words import LONGEST, kept_words

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
def test_a_thread_is_listed_with_its_last_words(
    business: Business, scope: None, django_assert_num_queries: Any
) -> None:
    ana = factories.make_client(business, phones=["+34612345671"])
    talk(business, 1, "Hola", "¿Hay hueco?")
    talk(business, 2, "STOP")
    threads = Conversation.objects.select_related("client").order_by("-last_at")
    with django_assert_num_queries(1):
        rows = [row_of(one) for one in with_last(threads)]
        found = [(one.name, one.words, one.is_ours, one.conversation.unread) for one in rows]
    assert found == [
        ("+34612345672", "STOP", False, 1),
        (ana.record_name, "¿Hay hueco?", False, 2),
    ]


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
