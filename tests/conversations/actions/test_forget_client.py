"""A card's threads go with it, and nobody else's; what hangs on no card stays."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.models import Business
from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.actions.forget_client import forget_client
from clientela.conversations.actions.open_conversation import open_conversation
from clientela.conversations.models import Conversation, Direction, Entry, Medium


@pytest.mark.django_db
def test_a_cards_threads_are_forgotten_with_all_that_was_said(
    business: Business, scope: None
) -> None:
    ana = factories.make_client(business, phones=["+34612345671"])
    factories.make_client(business, "Luz", "luz@example.com", phones=["+34612345672"])
    for last in (1, 2, 3):
        thread = open_conversation(
            business=business, medium=Medium.SMS, address=f"+3461234567{last}", now=NOW
        )
        add_entry(conversation=thread, direction=Direction.IN, body="Hola", key=str(last), now=NOW)
    for _ in range(2):
        forget_client(card=ana, now=NOW)
    assert set(Conversation.objects.values_list("address", flat=True)) == {
        "+34612345672",
        "+34612345673",
    }
    assert Entry.objects.count() == 2
