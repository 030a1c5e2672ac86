"""What is known of an address: the last word holds, each change leaves evidence, and people outrank machines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.models import AddressEvent, AddressState, Trouble
from clientela.notify.queries.address_states import state_of, troubles_of

pytestmark = pytest.mark.django_db

NUMBER = "+34600000001"


@pytest.fixture
def say(business, now):
    """Give a function that says something about the one number."""

    def change(trouble: str, because: str, *, minutes: int = 0, address: str = NUMBER) -> bool:
        return change_address_state(
            business_id=business.pk,
            channel="sms",
            address=address,
            trouble=trouble,
            because=because,
            now=now + timedelta(minutes=minutes),
        )

    return change


@pytest.mark.req("S4.11", "S4.12")
def test_stop_closes_a_number_and_start_opens_it_with_the_evidence_of_both(say, business):
    assert say(Trouble.STOPPED, "keyword")
    assert troubles_of(business_id=business.pk, pairs=[("sms", NUMBER)]) == {
        ("sms", NUMBER): Trouble.STOPPED
    }
    assert say("", "keyword", minutes=5)
    assert troubles_of(business_id=business.pk, pairs=[("sms", NUMBER)]) == {}
    state = state_of(business_id=business.pk, channel="sms", address=NUMBER)
    assert state is not None
    assert [one.trouble for one in state.events.all()] == [Trouble.STOPPED, ""]


def test_the_same_word_again_is_no_change(say):
    assert say(Trouble.STOPPED, "keyword")
    assert not say(Trouble.STOPPED, "provider", minutes=1)
    assert AddressEvent.objects.count() == 1


def test_opening_what_was_never_closed_says_nothing(say):
    assert not say("", "staff")
    assert AddressEvent.objects.count() == 0


def test_a_receipt_does_not_soften_what_a_person_said(say):
    say(Trouble.STOPPED, "keyword")
    assert not say(Trouble.LANDLINE, "receipt", minutes=1)
    assert AddressState.objects.get().trouble == Trouble.STOPPED


def test_each_business_and_channel_has_its_own_word(say, business, now):
    say(Trouble.STOPPED, "keyword")
    assert troubles_of(business_id=business.pk, pairs=[("email", NUMBER)]) == {}
    change_address_state(
        business_id=business.pk,
        channel="email",
        address="Ana@Example.com ",
        trouble=Trouble.BOUNCED,
        because="receipt",
        now=now,
    )
    asked = [("email", "ana@example.com"), ("sms", NUMBER)]
    assert len(troubles_of(business_id=business.pk, pairs=asked)) == 2


def test_evidence_cannot_be_rewritten(say):
    say(Trouble.STOPPED, "keyword")
    with pytest.raises(DatabaseError), transaction.atomic():
        AddressEvent.objects.update(trouble="")
