"""The questions: is this card yours? What each answer does, and what nobody is told."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from tests.factories import NOW, at, book, make_client, make_guest
from tests.people.persons import everything, guest_card, person, unproved

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.answer_card_question import answer_card_question
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.errors import NameDoesNotMatch, NotAsked, TooManyTries
from clientela.people.models import CardAnswer, Client, Merge, Verdict
from clientela.people.queries.card_questions import CardQuestion, card_questions
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import account_scope, business_scope, system_scope

LATER = NOW + timedelta(days=3)


def answer(
    account: Account, card: Client, *, is_mine: bool = True, name: str = ""
) -> Client | None:
    return answer_card_question(
        account=account,
        card_id=card.pk,
        is_mine=is_mine,
        name=name,
        by=Actor.client(account.pk),
        now=LATER,
    )


def test_a_question_tells_the_business_the_day_and_whether_the_name_is_another(
    business: Business, next_door: Business
) -> None:
    cards = [guest_card(business, "Luis Otro"), guest_card(next_door)]
    account = person()
    # 23:30 in London is the next day in Madrid: the day is the business's own.
    with system_scope("the test moves a card's first day"):
        Client.objects.filter(pk=cards[0].pk).update(created_at=at("2026-11-20 23:30", "UTC"))
    asked = card_questions(account=account)
    assert [(one.card_id, one.business, one.same_name, one.since) for one in asked] == [
        (cards[0].pk, business, False, date(2026, 11, 21)),
        (cards[1].pk, next_door, True, date(2026, 11, 23)),
    ]
    assert {one.name for one in fields(CardQuestion)} == {
        "card_id",
        "business",
        "same_name",
        "since",
    }


def test_however_many_cards_there_are_asking_takes_three_statements(
    business: Business, next_door: Business, django_assert_num_queries: object
) -> None:
    for place in (business, next_door):
        for name in ("Luis Otro", "Eva Otra", "Ana Prueba"):
            guest_card(place, name)
    account = person()
    with django_assert_num_queries(3):
        assert len(card_questions(account=account)) == 6


def test_mine_under_the_accounts_name_is_attached(business: Business) -> None:
    card = guest_card(business)
    account = person()
    assert answer(account, card) == card
    card.refresh_from_db()
    assert card.account == account
    assert card_questions(account=account) == []


def test_mine_under_another_name_needs_the_name_as_it_was_booked(business: Business) -> None:
    card = guest_card(business, "Ana María de la Prueba")
    account = person()
    before = everything()
    for wrong in ("", "Ana Prueba", "Ana María"):
        with pytest.raises(NameDoesNotMatch) as refused:
            answer(account, card, name=wrong)
        assert refused.value.facts == {}
    assert everything() == before
    assert answer(account, card, name="ana maria de la PRUEBA") == card


def test_names_cannot_be_guessed_through(business: Business) -> None:
    card = guest_card(business, "Luis Otro")
    account = person()
    for n in range(5):
        with pytest.raises(NameDoesNotMatch):
            answer(account, card, name=f"Guess {n}")
    with pytest.raises(TooManyTries):
        answer(account, card, name="Luis Otro")
    assert answer(account, card, is_mine=False) is None


@pytest.mark.req("L16")
def test_mine_beside_an_own_card_is_taken_up_by_it_with_its_bookings(service: Service) -> None:
    with business_scope(service.business_id):
        own = make_client(service.business, "Luz Prueba", "luz@example.com")
    account = person("luz@example.com", "Luz Prueba")
    claim_cards(account=account, now=NOW)
    made = book(service, at("2026-11-24 10:00"), client=make_guest("Luz Prueba")).appointment
    assert made.client.is_provisional
    assert answer(account, made.client) == own
    with account_scope(account.pk):
        assert Appointment.objects.get() == made
        assert Appointment.objects.get().client == own
    with system_scope("the test looks"):
        assert Merge.objects.get().proof == "log-in"
    assert card_questions(account=account) == []


def test_not_mine_changes_no_card_and_is_never_asked_again(business: Business) -> None:
    card = guest_card(business, "Luis Otro")
    account = person()
    before = everything()
    assert answer(account, card, is_mine=False) is None
    assert everything() == before
    assert card_questions(account=account) == []
    with system_scope("the test looks"):
        assert CardAnswer.objects.get().verdict == Verdict.NOT_MINE
    with pytest.raises(NotAsked):
        answer(account, card, name="Luis Otro")
    assert AuditEvent.objects.filter(action="card-disowned").count() == 1


def test_a_card_disowned_is_not_claimed_when_the_person_takes_its_name(business: Business) -> None:
    card = guest_card(business, "Luis Otro")
    account = person()
    answer(account, card, is_mine=False)
    account.name = "Luis Otro"
    account.save()
    assert claim_cards(account=account, now=LATER) == []


def test_whoever_was_not_asked_cannot_answer(business: Business, next_door: Business) -> None:
    """Another's card, one with a log-in, one that is no more, an unproved asker: all the same word."""
    card = guest_card(business)
    owned = guest_card(business, "Eva", "eva@example.com")
    claim_cards(account=person("eva@example.com", "Eva"), now=NOW)
    erased = guest_card(next_door)
    with system_scope("the test erases a card"):
        Client.objects.filter(pk=erased.pk).update(erased_at=NOW)
    stranger = person("stranger@example.com", "Ana Prueba")
    before = everything()
    for account, wanted in (
        (stranger, card),
        (stranger, owned),
        (unproved(), card),
        (person("third@example.com", "Ana Prueba", "ana2@example.com"), erased),
    ):
        for is_mine in (True, False):
            with pytest.raises(NotAsked) as refused:
                answer(account, wanted, is_mine=is_mine, name=wanted.record_name)
            assert refused.value.facts == {}
    assert everything() == before


@pytest.mark.parametrize("refusal", [NotAsked, NameDoesNotMatch, TooManyTries])
def test_the_refusals_have_the_words_that_the_page_shows(refusal: type[Refusal]) -> None:
    assert (
        refusal().reason
        == {
            NotAsked: "not-asked",
            NameDoesNotMatch: "name-does-not-match",
            TooManyTries: "too-many-tries",
        }[refusal]
    )
