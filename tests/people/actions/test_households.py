"""Couples and families: asked by one, agreed to by the other, left in silence, and never one person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import NOW, STAFF, make_business
from tests.people.families import agree, card_of
from tests.people.persons import person, unproved

from clientela.accounts.actions.ask_join import ask_join
from clientela.accounts.errors import AccountGone, BirthdayInvalid, LinkClosed, NotYours, OwnAddress
from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.actions.add_child import add_child
from clientela.people.actions.answer_household import (
    accept_household,
    expire_households,
    refuse_household,
    tidy_households,
    withdraw_household,
)
from clientela.people.actions.ask_household import ask_household
from clientela.people.actions.choose_permissions import choose_permissions
from clientela.people.actions.leave import leave
from clientela.people.actions.leave_household import leave_household
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.errors import (
    HouseholdForAnother,
    InAnotherHousehold,
    NothingShared,
    NotInHousehold,
    TooManyChildren,
    TooManyInvitations,
)
from clientela.people.household_links import LASTS, token_of
from clientela.people.models import (
    Client,
    HouseholdInvitation,
    HouseholdMember,
    PairDecision,
    PairVerdict,
    Proof,
)
from clientela.people.queries.households import FLAG, Permissions, lent_to, relatives_of
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope

pytestmark = pytest.mark.django_db
ALL = Permissions(lets_book=True, lets_pay=True, lets_see=True, shares_credits=True)


def me(account: Account) -> Actor:
    return Actor.client(account.pk)


def lent(account: Account) -> dict[str, list[Client]]:
    found = {what: lent_to(account_id=account.pk, what=what) for what in FLAG}
    return {what: cards for what, cards in found.items() if cards}


def together(card: Client) -> list[object]:
    with business_scope(card.business_id):
        return list(relatives_of(client_id=card.pk))


@pytest.fixture
def business() -> Business:
    return make_business()


@pytest.fixture
def ana() -> Account:
    return person("ana@example.com", "Ana Prueba")


@pytest.fixture
def luis() -> Account:
    return person("luis@example.com", "Luis Prueba")


@pytest.mark.req("S0.13", "S0.15")
def test_two_who_agreed_belong_together_at_each_business_they_share_and_stay_two(
    business: Business, ana: Account, luis: Account
) -> None:
    second, third = make_business("yoga-sol"), make_business("solo-ana")
    cards = [card_of(where, who) for where in (business, second) for who in (ana, luis)]
    alone = card_of(third, ana)
    done = agree(ana, luis, lets_see=True)
    assert {one.business_id for one in done.formed} == {business.pk, second.pk}
    assert [together(card) for card in cards] == [
        [cards[1].pk], [cards[0].pk], [cards[3].pk], [cards[2].pk]
    ]  # fmt: skip
    assert together(alone) == []
    assert lent(ana) == {"see": sorted((cards[1], cards[3]), key=lambda one: one.business.name)}
    assert lent(luis) == {}, "who asked has allowed nothing yet"
    with system_scope("test"):
        assert not Client.objects.filter(merged_into__isnull=False).exists()
        assert {one.verdict for one in PairDecision.objects.all()} == {PairVerdict.HOUSEHOLD}
    assert OutboxEvent.objects.filter(name="people.HouseholdFormed").count() == 2


@pytest.mark.req("S0.14")
def test_nobody_but_the_person_asks_agrees_or_allows(
    business: Business, ana: Account, luis: Account
) -> None:
    card_of(business, ana)
    card = card_of(business, luis)
    operator = Actor.staff(luis.pk, "owner")
    for by in (STAFF, operator, Actor.guest(), me(luis), Actor.api("shop")):
        with pytest.raises(NotYours):
            ask_household(account=ana, email=luis.email, by=by, now=NOW)
    asked = ask_household(account=ana, email=luis.email, by=me(ana), now=NOW)
    token = token_of(asked)
    for by in (STAFF, operator, Actor.guest(), me(ana)):
        with pytest.raises(NotYours):
            accept_household(account=luis, token=token, gives=ALL, by=by, now=NOW)
    with pytest.raises(OwnAddress):
        accept_household(account=ana, token=token, gives=ALL, by=me(ana), now=NOW)
    stranger = person("otra@example.com", "Otra")
    with pytest.raises(HouseholdForAnother):
        accept_household(account=stranger, token=token, gives=ALL, by=me(stranger), now=NOW)
    assert together(card) == [], "the link in other hands opens nothing"
    accept_household(account=luis, token=token, gives=ALL, by=me(luis), now=NOW)
    for by in (STAFF, me(ana)):
        with pytest.raises(NotYours):
            choose_permissions(account=luis, client_id=card.pk, gives=ALL, by=by, now=NOW)
    with pytest.raises(NotInHousehold):
        choose_permissions(account=ana, client_id=card.pk, gives=ALL, by=me(ana), now=NOW)
    with pytest.raises(NotInHousehold):
        leave_household(account=ana, card=card, by=me(ana), now=NOW)


def test_the_answer_to_asking_is_one_whoever_reads_the_address(ana: Account, luis: Account) -> None:
    known = ask_household(account=ana, email="Luis@Example.com", by=me(ana), now=NOW)
    unknown = ask_household(account=ana, email="nobody@example.com", by=me(ana), now=NOW)
    assert (known.closes_at, known.own_email) == (unknown.closes_at, unknown.own_email)
    again = ask_household(account=ana, email="luis@example.com", by=me(ana), now=NOW)
    known.refresh_from_db()
    assert known.withdrawn_at == NOW
    assert again.withdrawn_at is None
    with pytest.raises(TooManyInvitations):
        ask_household(account=ana, email="third@example.com", by=me(ana), now=NOW)
    ask_household(
        account=ana, email="t@example.com", by=me(ana), now=NOW + timedelta(days=1, seconds=1)
    )
    with pytest.raises(OwnAddress):
        ask_household(account=luis, email="luis@example.com", by=me(luis), now=NOW)
    young = unproved("new@example.com")
    with pytest.raises(AccountGone):
        ask_household(account=young, email="a@example.com", by=me(young), now=NOW)


def test_letters_that_look_alike_ask_their_own_mailbox_and_open_nobodys(
    ana: Account, luis: Account
) -> None:
    """trust.md row 29: what is mailed goes to the address that is kept, and only who has proved that one answers."""
    folded = ask_household(account=ana, email="lui\u017f@example.com", by=me(ana), now=NOW)
    assert folded.email == luis.email  # the long s is an s: it is Luis who is asked
    other = ask_household(account=ana, email="lu\u0131s@example.com", by=me(ana), now=NOW)
    assert other.email == "lu\u0131s@example.com"  # a dotless i is another letter
    gives = Permissions()
    with pytest.raises(HouseholdForAnother):
        accept_household(account=luis, token=token_of(other), gives=gives, by=me(luis), now=NOW)
    wish = ask_join(
        account=ana, email="lu\u0131s@example.com", session_digest="x", by=me(ana), now=NOW
    )
    assert wish.other_email == other.email


def test_a_link_answers_once_and_within_seven_days(
    business: Business, ana: Account, luis: Account
) -> None:
    card = card_of(business, luis)
    first = ask_household(account=ana, email=luis.email, by=me(ana), now=NOW)
    token = token_of(first)
    with pytest.raises(NothingShared):
        accept_household(account=luis, token=token, gives=ALL, by=me(luis), now=NOW)
    first.refresh_from_db()
    assert first.accepted_at is None, "what was refused leaves the link open"
    refuse_household(token=token, now=NOW)
    card_of(business, ana)
    for call in (
        lambda: refuse_household(token=token, now=NOW),
        lambda: accept_household(account=luis, token=token, gives=ALL, by=me(luis), now=NOW),
        lambda: withdraw_household(invitation=first, by=me(ana), now=NOW),
    ):
        with pytest.raises(LinkClosed):
            call()
    late = ask_household(account=ana, email=luis.email, by=me(ana), now=NOW)
    for moment, ended in ((LASTS - timedelta(seconds=1), 0), (LASTS, 1), (LASTS, 0)):
        assert expire_households(now=NOW + moment) == ended
    with pytest.raises(LinkClosed):
        accept_household(
            account=luis, token=token_of(late), gives=ALL, by=me(luis), now=NOW + LASTS
        )
    assert together(card) == []
    assert tidy_households(now=NOW + timedelta(days=38)) == 2


def test_what_is_allowed_changes_at_once_and_leaving_ends_it_without_a_word(
    business: Business, ana: Account, luis: Account
) -> None:
    card_of(business, ana)
    card = card_of(business, luis)
    agree(ana, luis)
    choose_permissions(account=luis, client_id=card.pk, gives=ALL, by=me(luis), now=NOW)
    assert list(lent(ana)) == list(FLAG)
    only = Permissions(lets_pay=True)
    choose_permissions(account=luis, client_id=card.pk, gives=only, by=me(luis), now=NOW)
    assert list(lent(ana)) == ["pay"]
    before = set(OutboxEvent.objects.values_list("name", flat=True))
    leave_household(account=luis, card=card, by=me(luis), now=NOW)
    assert lent(ana) == {}
    assert together(card) == []
    with system_scope("test"):
        assert not HouseholdMember.objects.filter(until__isnull=True).exists()
        assert "household-left" in set(audit.history(subject=card).values_list("action", flat=True))
    told = set(OutboxEvent.objects.values_list("name", flat=True)) - before
    assert told == {"people.HouseholdLeft"}
    with pytest.raises(NotInHousehold):
        leave_household(account=luis, card=card, by=me(luis), now=NOW)


@pytest.mark.req("L4")
def test_a_third_adult_needs_the_word_of_each_and_everything_allowed_is_asked_anew(
    business: Business, ana: Account, luis: Account
) -> None:
    eva = person("eva@example.com", "Eva Prueba")
    cards = [card_of(business, who) for who in (ana, luis, eva)]
    agree(ana, luis, lets_see=True)
    done = agree(ana, eva, lets_see=True)
    assert (done.formed, done.waits) == ((), True)
    assert together(cards[2]) == []
    assert lent(eva) == {}, "that two belong to a third does not make them belong together"
    done = agree(luis, eva, lets_see=True)
    assert len(done.formed) == 1
    assert sorted(together(cards[2])) == sorted(one.pk for one in cards[:2])
    assert lent(ana) == lent(luis) == {"see": [cards[2]]}
    assert lent(eva) == {}, "what Luis had let Ana see was not said of Eva"
    mara = person("mara@example.com", "Mara")
    card_of(business, mara)
    with pytest.raises(InAnotherHousehold):
        agree(mara, luis)


@pytest.mark.req("L4")
def test_a_child_needs_no_mailbox_and_goes_with_who_answers_for_it(
    business: Business, ana: Account, luis: Account
) -> None:
    cards = [card_of(business, who) for who in (ana, luis)]
    leo = add_child(
        account=ana, card=cards[0], name="Leo", birthday=date(2018, 2, 3), by=me(ana), now=NOW
    )
    assert list(lent(ana)) == list(FLAG)
    agree(luis, ana)
    assert sorted(together(leo)) == sorted(one.pk for one in cards), "a child comes along"
    assert lent(luis) == {}
    choose_permissions(
        account=ana, client_id=leo.pk, gives=Permissions(lets_see=True), by=me(ana), now=NOW
    )
    assert lent(luis) == {"see": [leo]}
    with pytest.raises(NotInHousehold):
        choose_permissions(account=luis, client_id=leo.pk, gives=ALL, by=me(luis), now=NOW)
    leave_household(account=ana, card=cards[0], by=me(ana), now=NOW)
    assert (together(leo), together(cards[1])) == ([cards[0].pk], [])
    assert (lent(luis), list(lent(ana))) == ({}, list(FLAG))
    leave_household(account=ana, card=leo, by=me(ana), now=NOW)
    assert lent(ana) == {}


def test_adults_and_crowds_are_no_children(business: Business, ana: Account) -> None:
    card = card_of(business, ana)
    for born in (date(2008, 11, 23), date(2026, 11, 24)):
        with pytest.raises(BirthdayInvalid):
            add_child(account=ana, card=card, name="Leo", birthday=born, by=me(ana), now=NOW)
    for number in range(5):
        add_child(account=ana, card=card, name=f"Leo {number}", by=me(ana), now=NOW)
    with pytest.raises(TooManyChildren):
        add_child(account=ana, card=card, name="Leo", by=me(ana), now=NOW)
    other = person("otra@example.com", "Otra")
    with pytest.raises(NotInHousehold):
        add_child(account=other, card=card, name="Leo", by=me(other), now=NOW)


def test_a_child_that_comes_in_answers_for_itself(business: Business, ana: Account) -> None:
    card = card_of(business, ana)
    leo = add_child(account=ana, card=card, name="Leo", by=me(ana), now=NOW)
    grown = person("leo@example.com", "Leo")
    with system_scope("test"):
        Client.objects.filter(pk=leo.pk).update(account=grown)
    assert lent(ana) == {}
    with pytest.raises(NotInHousehold):
        choose_permissions(account=ana, client_id=leo.pk, gives=ALL, by=me(ana), now=NOW)
    row = choose_permissions(
        account=grown, client_id=leo.pk, gives=Permissions(lets_book=True), by=me(grown), now=NOW
    )
    assert (row.role, row.guardian) == ("adult", None)
    assert lent(ana) == {"book": [leo]}


def test_whoever_leaves_for_good_leaves_the_household_too(
    business: Business, ana: Account, luis: Account
) -> None:
    cards = [card_of(business, who) for who in (ana, luis)]
    agree(ana, luis, lets_see=True)
    ask_household(account=ana, email="x@example.com", by=me(ana), now=NOW)
    ask_household(account=luis, email="ana@example.com", by=me(luis), now=NOW)
    leave(account=ana, also_cards=False, by=me(ana), now=NOW)
    assert together(cards[1]) == []
    with system_scope("test"):
        assert not HouseholdMember.objects.filter(until__isnull=True).exists()
    assert not HouseholdInvitation.objects.exists()


def test_cards_that_are_joined_fold_their_households_and_parting_gives_each_back(
    business: Business, ana: Account, luis: Account
) -> None:
    """Staff join an old card with a log-in: nobody gains sight of the other's family by it."""
    old = person("vieja@example.com", "Ana Prueba")
    cards = [card_of(business, who) for who in (luis, old)]
    agree(old, luis, lets_see=True)
    choose_permissions(
        account=old, client_id=cards[1].pk, gives=Permissions(lets_book=True), by=me(old), now=NOW
    )
    mine = card_of(business, ana)
    with business_scope(business.pk):
        merge = merge_clients(
            card=cards[1], into=mine, proof=Proof.OWNERS, by=Actor.system("test"), now=NOW
        )
    assert lent(ana) == {"see": [cards[0]]}
    assert lent(luis) == {"book": [mine]}
    with business_scope(business.pk):
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
    assert (lent(ana), lent(old)) == ({}, {"see": [cards[0]]})
    assert agree(luis, ana).waits, "her old card is still in it, and has not agreed with this one"
    assert together(mine) == []


def test_two_cards_of_one_household_become_one_membership_that_lets_the_lesser(
    business: Business, ana: Account, luis: Account
) -> None:
    old = person("vieja@example.com", "Ana Prueba")
    cards = {who.pk: card_of(business, who) for who in (ana, luis, old)}
    agree(luis, ana)
    agree(luis, old)
    agree(ana, old)
    for who, gives in ((ana, ALL), (old, Permissions(lets_see=True))):
        choose_permissions(
            account=who, client_id=cards[who.pk].pk, gives=gives, by=me(who), now=NOW
        )
    with business_scope(business.pk):
        merge = merge_clients(
            card=cards[old.pk], into=cards[ana.pk], proof=Proof.OWNERS, by=Actor.system("t"), now=NOW
        )  # fmt: skip
    assert lent(luis) == {"see": [cards[ana.pk]]}
    assert together(cards[ana.pk]) == [cards[luis.pk].pk]
    with business_scope(business.pk):
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
    found = {what: {one.pk for one in cards} for what, cards in lent(luis).items()}
    both = {cards[ana.pk].pk, cards[old.pk].pk}
    assert found == {what: both if what == "see" else {cards[ana.pk].pk} for what in FLAG}
