"""A member of staff answers: the answer stands in the thread with the text that carries it, or nothing stands."""

from __future__ import annotations

import pytest
from tests.factories import NOW, STAFF
from tests.notify.texting import (
    make_gateway,
    make_texting_client,
    reasons,
    shown,
    work,
    writes,
)

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Direction, Entry
from clientela.notify.actions.answer_conversation import answer
from clientela.notify.errors import NoTextGateway, NumberStopped, NumberUnusable, TextEmpty
from clientela.notify.models import AddressState, TextGateway
from clientela.people.actions.erase_card import erase_card
from clientela.people.exporters import tellers
from clientela.people.models import Client
from clientela.platform.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    return make_gateway(business)


@pytest.fixture
def ana(business: Business) -> Client:
    return make_texting_client(business)


@pytest.fixture
def thread(gateway: TextGateway, ana: Client) -> Conversation:
    found: Conversation = writes(gateway, "¿A qué hora era?").conversation
    return found


@pytest.mark.req("S4.13")
def test_an_answer_leaves_and_its_entry_says_what_became_of_it(thread: Conversation) -> None:
    entry = answer(conversation=thread, body="A las diez 🙂", by=STAFF, now=NOW)
    thread.refresh_from_db()
    assert (thread.unread, entry.direction, entry.by_id) == (0, Direction.OUT, STAFF.account_id)
    assert entry.direct_text.reason == "queued"
    work()
    entry.direct_text.refresh_from_db()
    assert (entry.direct_text.reason, shown()) == ("delivered", ["A las diez 🙂"])


def _stop(thread: Conversation) -> None:
    writes(TextGateway.objects.get(), "STOP")


def _no_gateway(thread: Conversation) -> None:
    TextGateway.objects.update(ended_at=NOW)


def _short_code(thread: Conversation) -> None:
    Conversation.objects.update(address="22000")
    thread.refresh_from_db()


@pytest.mark.parametrize(
    ("happens", "body", "refusal"),
    [
        (_stop, "Hola", NumberStopped),
        (_no_gateway, "Hola", NoTextGateway),
        (_short_code, "Hola", NumberUnusable),
        (None, " \x00\n", TextEmpty),
    ],
)
def test_an_answer_that_cannot_leave_was_not_given(
    thread: Conversation, happens: object, body: str, refusal: type[Refusal]
) -> None:
    if callable(happens):
        happens(thread)
    before = Entry.objects.count()
    with pytest.raises(refusal):
        answer(conversation=thread, body=body, by=STAFF, now=NOW)
    assert Entry.objects.count() == before


def test_who_leaves_takes_their_threads_along_and_then_they_and_their_number_are_forgotten(
    thread: Conversation, gateway: TextGateway, ana: Client
) -> None:
    answer(conversation=thread, body="A las diez", by=STAFF, now=NOW)
    writes(gateway, "STOP")
    told = tellers()["conversations"](card=ana)
    assert [one["words"] for one in told] == ["¿A qué hora era?", "A las diez", "STOP"]
    erase_card(card=ana, because="asked", by=STAFF, now=NOW)
    assert (Conversation.objects.count(), Entry.objects.count()) == (0, 0)
    assert reasons() == []  # the answer, and the confirmation of the STOP
    assert not AddressState.objects.exists()
