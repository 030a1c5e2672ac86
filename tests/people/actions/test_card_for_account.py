"""The card of somebody signed in: the one there is, the one that waits, or a new one."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import NOW, make_account
from tests.people.persons import guest_card, person, unproved

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.errors import AccountUnproved
from clientela.people.models import Client, Consent
from clientela.people.queries.contacts import contacts, notification_email
from clientela.platform.actor import Actor
from clientela.platform.tenancy import account_scope


def card_of(business: Business, account: Account) -> Client:
    return card_for_account(
        business=business, account=account, by=Actor.client(account.pk), now=NOW
    )


def test_the_card_that_stands_is_returned_whatever_name_it_bears(
    business: Business, scope: None
) -> None:
    card = guest_card(business)
    account = person()
    claim_cards(account=account, now=NOW)
    Client.objects.filter(pk=card.pk).update(record_name="Prueba (VIP)")
    assert card_of(business, account) == card
    assert Client.objects.count() == 1


def test_the_card_that_plainly_waits_is_claimed_by_a_booking(
    business: Business, scope: None
) -> None:
    card = guest_card(business)
    account = person()
    assert card_of(business, account) == card
    card.refresh_from_db()
    assert card.account == account
    assert card.activated_at is None, "the person has not chosen messages yet"


def test_a_card_under_another_name_is_left_alone(business: Business, scope: None) -> None:
    other = guest_card(business, "Luis Prueba")
    assert card_of(business, person()) != other


@pytest.mark.req("S1.45")
def test_a_first_booking_signed_in_makes_an_activated_card_with_its_consent(
    business: Business, scope: None
) -> None:
    account = person(
        "ana@example.com",
        "Ana Prueba",
        "ana@work.example",
        language="it",
        zone="Europe/Rome",
        phone="+34600112233",
        birthday=date(1990, 5, 1),
    )
    card = card_of(business, account)
    assert (card.account, card.record_name, card.language) == (account, "Ana Prueba", "it")
    assert (card.zone, card.birthday) == ("Europe/Rome", date(1990, 5, 1))
    assert card.activated_at == NOW
    consent = Consent.objects.get(client=card)
    assert (consent.how, consent.notify_by, consent.account_id) == ("booking", "email", account.pk)
    assert notification_email(card).value == "ana@example.com"
    assert [
        (one.value, one.verified_at is not None, one.for_notifications) for one in contacts(card)
    ] == [
        ("ana@example.com", True, True),
        ("ana@work.example", True, False),
        ("+34600112233", False, True),
    ]
    assert card_of(business, account) == card


def test_an_account_without_a_name_is_called_by_its_address(
    business: Business, scope: None
) -> None:
    assert card_of(business, person("luz.p@example.com", "")).record_name == "luz.p"


def test_an_account_of_staff_whose_address_is_only_written_gets_it_unverified(
    business: Business, scope: None
) -> None:
    card = card_of(business, make_account("old@example.com", "Old Timer"))
    assert [one.verified_at for one in contacts(card)] == [None]


def test_an_unproved_account_gets_no_card(business: Business, scope: None) -> None:
    guest_card(business)
    with pytest.raises(AccountUnproved):
        card_of(business, unproved())
    assert Client.objects.get().account is None


def test_it_works_in_the_persons_own_scope_too(business: Business) -> None:
    account = person()
    with account_scope(account.pk):
        card = card_of(business, account)
        assert Client.objects.get() == card
