"""What a guest types never reaches a card that somebody proved, and nobody can see that it did not."""

from __future__ import annotations

import pytest
from tests.factories import NOW, STAFF, make_client
from tests.people.persons import everything, guest_card, person

from clientela.accounts.models import Account
from clientela.business.models import Business, Professional
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.models import Client
from clientela.people.queries.contacts import contacts
from clientela.platform.tenancy import business_scope, system_scope


@pytest.fixture
def own_card(business: Business) -> Client:
    """Ana's card, with her log-in."""
    card = guest_card(business)
    claim_cards(account=person(), now=NOW)
    return card


def test_a_guest_with_the_address_and_name_of_a_card_with_a_log_in_gets_another(
    business: Business, own_card: Client
) -> None:
    before = everything()
    beside = guest_card(business)
    assert beside != own_card
    assert beside.is_provisional
    assert beside.account is None
    assert [row for row in everything() if row in before] == before
    assert guest_card(business) == beside, "the next booking of the same guest lands beside it"


def test_a_guest_with_another_name_is_nobody_in_waiting(
    business: Business, own_card: Client
) -> None:
    before = everything()
    assert not guest_card(business, "Luis Prueba").is_provisional
    assert [row for row in everything() if row in before] == before


@pytest.mark.req("S1.26")
def test_a_guest_never_lands_on_a_card_bound_to_one_professional(
    business: Business, professional: Professional, client_card: Client
) -> None:
    bind_to_professional(client=client_card, professional=professional, by=STAFF, now=NOW)
    beside = guest_card(business)
    assert beside != client_card
    assert beside.bound_to is None
    assert not beside.is_provisional


def test_a_guest_never_lands_on_a_card_that_is_no_more(business: Business, scope: None) -> None:
    card, into = make_client(business), make_client(business, "Other", "other@example.com")
    Client.objects.filter(pk=card.pk).update(merged_into=into)
    assert guest_card(business) not in {card, into}
    erased = guest_card(business, "Eva", "eva@example.com")
    Client.objects.filter(pk=erased.pk).update(erased_at=NOW)
    assert guest_card(business, "Eva", "eva@example.com") != erased


def test_staff_who_register_a_known_person_get_the_card_that_stands(
    business: Business, own_card: Client
) -> None:
    """They see whom they mean; a second card would be a duplicate of their own making."""
    with business_scope(business.pk):
        found = find_or_register_guest(
            business=business,
            name="Ana Prueba",
            email="ana@example.com",
            phone="",
            language="",
            by=STAFF,
            now=NOW,
        )
    assert found == own_card


@pytest.mark.parametrize(
    ("name", "email", "phone"),
    [
        ("Mallory", "ana@example.com", "+34600999999"),
        ("Ana Prueba", "ANA@example.com", "+34600999999"),
        ("ana  prueba", "ana@example.com", ""),
        ("Ana Prueba<script>", "ana@example.com", ""),
    ],
)
def test_whatever_a_stranger_types_the_stored_card_and_log_in_stay_byte_for_byte(
    business: Business, own_card: Client, name: str, email: str, phone: str
) -> None:
    """Row 2: a booking as guest with an existing address upserts nobody."""
    login = list(Account.objects.values_list())
    with system_scope("the test looks at the card"):
        before = Client.objects.filter(pk=own_card.pk).values_list().get()
        held = [one.value for one in contacts(own_card)]
    guest_card(business, name, email, phone)
    with system_scope("the test looks at the card"):
        assert Client.objects.filter(pk=own_card.pk).values_list().get() == before
        assert [one.value for one in contacts(own_card)] == held
    assert list(Account.objects.values_list()) == login


def test_a_guests_card_takes_the_same_statements_whether_the_address_is_known_or_not(
    business: Business, own_card: Client, django_assert_num_queries: object
) -> None:
    """The work is the same, so the time cannot tell who has a log-in."""
    from django.db import connection  # noqa: PLC0415 -- only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- likewise

    counts = []
    for email in ("ana@example.com", "nobody@example.com"):
        with CaptureQueriesContext(connection) as asked:
            guest_card(business, "Ana Prueba", email)
        counts.append(len(asked))
    assert counts[0] == counts[1]
