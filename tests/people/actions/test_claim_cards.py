"""Claiming: a person who proved a mailbox finds the cards that are plainly theirs, and no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from tests.cast import Person
from tests.factories import NOW, STAFF, at, book, make_client, make_guest, make_member
from tests.people.persons import everything, guest_card, person, unproved

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business, Membership, Role
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Identifier
from clientela.people.queries.card_questions import card_questions
from clientela.people.queries.has_waiting_cards import has_waiting_cards
from clientela.people.queries.own_cards import own_cards
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import account_scope, business_scope, system_scope

LATER = NOW + timedelta(days=3)


@pytest.mark.req("L16")
def test_whoever_proves_a_mailbox_finds_the_cards_of_every_business(
    business: Business, next_door: Business
) -> None:
    cards = {guest_card(business, "PRUEBA, aná").pk, guest_card(next_door).pk}
    account = person()
    assert {card.pk for card in claim_cards(account=account, now=LATER)} == cards
    with account_scope(account.pk):
        own = own_cards(account_id=account.pk)
        assert [card.business.name for card in own] == ["Fisio Retiro", "Salon Next Door"]
        assert {card.pk for card in own} == cards
        assert has_waiting_cards(account_id=account.pk)
        assert {one.verified_at for one in Identifier.objects.all()} == {LATER}
    assert claim_cards(account=account, now=LATER) == []
    lines = AuditEvent.objects.filter(action="card-claimed")
    assert {(one.actor_id, one.reason) for one in lines} == {(account.pk, "same-name")}
    assert lines.count() == 2


@pytest.mark.req("L16")
def test_the_bookings_of_a_guest_come_along_with_the_card(service: Service) -> None:
    made = book(service, at("2026-11-24 10:00"), client=make_guest("Luz Prueba")).appointment
    account = person("luz@example.com", "Luz Prueba")
    claim_cards(account=account, now=LATER)
    with account_scope(account.pk):
        assert Appointment.objects.get() == made


@pytest.mark.req("L16")
def test_a_later_account_on_the_same_mailbox_finds_the_card_again(business: Business) -> None:
    """The log-in goes, the card stays: whoever proves the mailbox next under the name has it."""
    card = guest_card(business)
    first = person()
    claim_cards(account=first, now=NOW)
    first.delete()
    again = person()
    assert claim_cards(account=again, now=LATER) == [card]


@pytest.mark.parametrize("name", ["Luis Prueba", "Ana", "", "Ana Prueba Gil"])
def test_a_card_under_another_name_is_asked_about_and_not_given(
    business: Business, name: str
) -> None:
    guest_card(business)
    account = person(name=name)
    before = everything()
    assert claim_cards(account=account, now=LATER) == []
    assert everything() == before
    assert [one.same_name for one in card_questions(account=account)] == [False]


def test_of_two_cards_in_one_business_the_older_is_given_and_the_other_asked_about(
    business: Business, scope: None
) -> None:
    older, newer = make_client(business), make_client(business)
    account = person()
    assert claim_cards(account=account, now=LATER) == [older]
    assert [one.card_id for one in card_questions(account=account)] == [newer.pk]
    assert claim_cards(account=account, now=LATER) == []


def test_a_guests_card_beside_one_with_a_log_in_is_only_asked_about(business: Business) -> None:
    own = guest_card(business)
    account = person()
    claim_cards(account=account, now=NOW)
    beside = guest_card(business)
    assert beside.is_provisional
    assert claim_cards(account=account, now=LATER) == []
    assert [one.card_id for one in card_questions(account=account)] == [beside.pk]
    own.refresh_from_db()
    assert own.account == account


def test_a_provisional_card_is_never_given_without_being_asked_for(business: Business) -> None:
    """Not even when the log-in that stood beside it has gone."""
    card = guest_card(business)
    with business_scope(business.pk):
        Client.objects.filter(pk=card.pk).update(is_provisional=True)
    account = person()
    assert claim_cards(account=account, now=LATER) == []
    assert [one.same_name for one in card_questions(account=account)] == [True]


@pytest.mark.parametrize("gone", ["merged_into", "erased_at"])
def test_a_card_that_is_no_more_is_neither_given_nor_asked_about(
    business: Business, scope: None, gone: str
) -> None:
    card, other = make_client(business), make_client(business, "Other", "other@example.com")
    value = other if gone == "merged_into" else NOW
    Client.objects.filter(pk=card.pk).update(**{gone: value})
    account = person()
    assert claim_cards(account=account, now=LATER) == []
    assert card_questions(account=account) == []


# Before a mailbox is proved


def test_an_unproved_account_attaches_nothing_and_is_asked_nothing(business: Business) -> None:
    """Row 27: whoever signs up with somebody's address must gain nothing by it."""
    guest_card(business)
    before = everything()
    account = unproved()
    assert claim_cards(account=account, now=LATER) == []
    assert card_questions(account=account) == []
    assert everything() == before


def test_only_proved_addresses_count_not_the_one_that_is_merely_written(
    business: Business,
) -> None:
    guest_card(business, email="second@example.com")
    account = person("other@example.com")
    row = EmailAddress.objects.create(user=account, email="second@example.com", verified=False)
    assert claim_cards(account=account, now=LATER) == []
    assert card_questions(account=account) == []
    row.verified = True
    row.save()
    assert len(claim_cards(account=account, now=LATER)) == 1


def test_the_name_alone_gives_nothing(business: Business) -> None:
    guest_card(business, email="ana@example.org")
    account = person("ana@example.com")
    assert claim_cards(account=account, now=LATER) == []
    assert card_questions(account=account) == []


def test_a_phone_number_gives_nothing(business: Business, scope: None) -> None:
    """Numbers are recycled and shared: a card is found by a proved mailbox only."""
    make_client(business, email="", phones=["+34600112233"])
    account = person(phone="+34600112233")
    assert claim_cards(account=account, now=LATER) == []
    assert card_questions(account=account) == []


# A card never gives an account rights, and none gives a card an account (rows 2 and 20; MRG-06)


def test_claiming_writes_the_card_and_nothing_of_the_account_or_its_memberships(
    business: Business, owner: Person, desk: Person, professional_member: Person
) -> None:
    """Staff gain a card by their own proof like anybody, and nothing but the card."""
    for staff in (owner, desk, professional_member):
        make_client(business, staff.account.name, staff.account.email)
        # Without the proof the card waits, whatever the role.
        assert claim_cards(account=staff.account, now=LATER) == []
        EmailAddress.objects.create(
            user=staff.account, email=staff.account.email, verified=True, primary=True
        )
    rights = [
        *Account.objects.order_by("id").values_list(),
        *Membership.objects.order_by("id").values_list(),
    ]
    for staff in (owner, desk, professional_member):
        assert len(claim_cards(account=staff.account, now=LATER)) == 1
    assert [
        *Account.objects.order_by("id").values_list(),
        *Membership.objects.order_by("id").values_list(),
    ] == rights


def test_writing_an_administrators_address_on_a_card_gives_its_writer_nothing(
    business: Business, owner: Person, desk: Person
) -> None:
    """The owner's card becomes the owner's; who wrote the address stays outside, whatever they prove."""
    card = make_client(business, owner.account.name, owner.account.email)
    attacker = person("attacker@example.com", owner.account.name)
    make_member(business, attacker, Role.FRONT_DESK)
    assert claim_cards(account=attacker, now=LATER) == []
    card.refresh_from_db()
    assert card.account is None


def test_what_staff_bound_stays_bound_when_the_person_comes_in(
    business: Business, professional: object, client_card: Client
) -> None:
    bind_to_professional(client=client_card, professional=professional, by=STAFF, now=NOW)
    account = person()
    assert claim_cards(account=account, now=LATER) == [client_card]
    with system_scope("the test looks"):
        assert Client.objects.get(pk=client_card.pk).bound_to == professional
