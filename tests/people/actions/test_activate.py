"""Activation: the first visit, the choice of messages, and the evidence of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.factories import NOW, STAFF
from tests.people.persons import guest_card, person, unproved

from clientela.business.models import Business
from clientela.people.actions.activate import activate
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.consent_text import VERSION
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy
from clientela.people.queries.has_waiting_cards import has_waiting_cards
from clientela.platform.actor import Actor
from clientela.platform.tenancy import account_scope, business_scope, system_scope

LATER = NOW + timedelta(days=3)


@pytest.mark.req("S1.44")
@pytest.mark.req("S1.45")
@pytest.mark.req("S1.46")
def test_the_first_visit_verifies_the_address_and_keeps_the_choice_with_its_words(
    business: Business, next_door: Business
) -> None:
    cards = [guest_card(business), guest_card(next_door)]
    account = person()
    claim_cards(account=account, now=NOW)
    with system_scope("a card claimed before its address was proved"):
        Identifier.objects.update(verified_at=None)
    with account_scope(account.pk):
        assert has_waiting_cards(account_id=account.pk)
        done = activate(
            account=account, notify_by=NotifyBy.EMAIL, by=Actor.client(account.pk), now=LATER
        )
        assert {card.pk for card in done} == {card.pk for card in cards}
        assert not has_waiting_cards(account_id=account.pk)
        for card in Client.objects.all():
            assert (card.activated_at, card.notify_by) == (LATER, "email")
            assert Identifier.objects.get(client=card).verified_at == LATER
            said = Consent.objects.get(client=card, how="activation")
            assert (said.how, said.notify_by, said.text_version) == ("activation", "email", VERSION)
            assert (said.account_id, said.at) == (account.pk, LATER)


@pytest.mark.req("S1.46")
def test_whoever_wants_no_messages_is_active_and_hears_nothing(business: Business) -> None:
    guest_card(business)
    account = person()
    claim_cards(account=account, now=NOW)
    (card,) = activate(account=account, notify_by="none", by=Actor.client(account.pk), now=LATER)
    assert card.activated_at == LATER
    assert card.notify_by == NotifyBy.NONE


def test_activating_again_changes_nothing_that_was_chosen(business: Business) -> None:
    guest_card(business)
    account = person()
    claim_cards(account=account, now=NOW)
    by = Actor.client(account.pk)
    activate(account=account, notify_by="none", by=by, now=NOW)
    assert activate(account=account, notify_by="email", by=by, now=LATER) == []
    with system_scope("the test looks"):
        assert Client.objects.get().notify_by == NotifyBy.NONE
        assert Consent.objects.filter(how="activation").count() == 1


def test_an_unproved_account_activates_nothing(business: Business, scope: None) -> None:
    """Even where a card should point at it: what it cannot enter it cannot speak for."""
    card, account = guest_card(business), unproved()
    Client.objects.filter(pk=card.pk).update(account=account)
    assert activate(account=account, notify_by="email", by=STAFF, now=LATER) == []
    card.refresh_from_db()
    assert card.activated_at is None


def test_a_choice_that_does_not_exist_is_no_choice(business: Business) -> None:
    with pytest.raises(ValueError, match="pigeon"):
        activate(account=person(), notify_by="pigeon", by=STAFF, now=LATER)


# Later choices


def test_every_change_of_mind_is_kept_and_the_same_word_twice_is_one(
    business: Business, client_card: Client
) -> None:
    steps = [
        (NotifyBy.NONE, How.STOP_LINK),
        (NotifyBy.NONE, How.STOP_LINK),
        (NotifyBy.EMAIL, How.PREFERENCES),
        (NotifyBy.EMAIL_AND_SMS, How.STAFF),
    ]
    for hours, (choice, how) in enumerate(steps):
        set_preferences(
            client=client_card,
            notify_by=choice,
            how=how,
            by=STAFF,
            now=NOW + timedelta(hours=hours),
        )
    said = Consent.objects.filter(client=client_card).order_by("at")
    assert [(one.notify_by, one.how) for one in said] == [
        ("none", "stop-link"),
        ("email", "preferences"),
        ("email_and_sms", "staff"),
    ]
    assert [one.account_id for one in said] == [None] * 3, "staff spoke, not the person"
    client_card.refresh_from_db()
    assert client_card.notify_by == "email_and_sms"


def test_saying_for_the_first_time_what_was_assumed_is_evidence_all_the_same(
    client_card: Client,
) -> None:
    set_preferences(client=client_card, notify_by="email", how="preferences", by=STAFF, now=NOW)
    assert Consent.objects.get().notify_by == "email"


def test_choosing_messages_is_not_the_activation(client_card: Client) -> None:
    set_preferences(client=client_card, notify_by="none", how="stop-link", by=STAFF, now=NOW)
    client_card.refresh_from_db()
    assert client_card.activated_at is None


def test_a_choice_may_be_made_in_the_persons_scope_or_the_systems(business: Business) -> None:
    card, account = guest_card(business), person()
    claim_cards(account=account, now=NOW)
    with account_scope(account.pk):
        own = Client.objects.get()
        set_preferences(
            client=own, notify_by="none", how="preferences", by=Actor.client(account.pk), now=NOW
        )
    with system_scope("a link of a mail"):
        set_preferences(client=card, notify_by="email", how="stop-link", by=STAFF, now=LATER)
        assert Consent.objects.filter(account_id=account.pk).count() == 1


@pytest.mark.parametrize("field", ["notify_by", "how", "text_version", "account_id", "at"])
def test_the_database_refuses_to_edit_evidence(
    business: Business, client_card: Client, field: str
) -> None:
    set_preferences(client=client_card, notify_by="none", how="staff", by=STAFF, now=NOW)
    other = {"account_id": business.pk, "at": LATER}.get(field, "x")
    with (
        business_scope(business.pk),
        pytest.raises(DatabaseError, match="cannot change"),
        transaction.atomic(),
    ):
        Consent.objects.update(**{field: other})
