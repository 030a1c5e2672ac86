"""Parting joined accounts again, whatever became of them meanwhile: chains, erasures, addresses that went elsewhere."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise, permutations

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from tests.factories import NOW, STAFF, at, book, make_client, make_guest
from tests.people.actions.test_unmerge_clients import merged
from tests.people.joins import (
    asked,
    card_of,
    confirmed,
    joined,
    made_one,
    refuse_token,
    undo_token,
    undone,
)
from tests.people.persons import guest_card, person

from clientela.accounts.actions.choose_primary import choose_primary
from clientela.accounts.actions.expire_joins import expire_joins
from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.actions.remove_address import remove_address
from clientela.accounts.errors import AccountGone, EmailTaken, JoinClosed, LinkClosed
from clientela.accounts.events import AccountsJoined
from clientela.accounts.join_codes import OTHER, OWN
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.accounts.queries.joins import stands_for_account
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.booking.models import Appointment
from clientela.booking.queries.calendar_feed import feed_state
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.models import AccountMail
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.erase_card import erase_card, pseudonym
from clientela.people.actions.leave import leave
from clientela.people.actions.undo_join import undo_join
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Identifier, Merge
from clientela.platform import worker
from clientela.platform.actor import Actor
from clientela.platform.outbox import handlers_of
from clientela.platform.tenancy import business_scope, system_scope
from clientela.support.models import Request

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


def owners() -> dict[object, object]:
    """Whose each card is that these people have or had to do with."""
    with system_scope("the test looks everywhere"):
        met = Client.objects.exclude(record_name="Secret Canary")
        return dict(met.values_list("pk", "account"))


def holders() -> dict[str, object]:
    """Whose each address is."""
    return dict(EmailAddress.objects.values_list("email", "user"))


@pytest.mark.req("MRG-01")
def test_who_was_absorbed_a_moment_ago_absorbs_nobody(business: Business) -> None:
    """Otherwise nobody could sign in any more, and both would have nothing."""
    ana, old = person("ana@example.com"), person("old@example.com")
    crossing = confirmed(asked(old, "ana@example.com"), OWN, OTHER)
    made_one(ana, "old@example.com")
    with pytest.raises(JoinClosed):
        joined(crossing)
    ana.refresh_from_db()
    assert ana.is_active
    assert account_by_email("ana@example.com") == account_by_email("old@example.com") == ana


def test_a_wish_that_was_refused_or_whose_person_left_joins_nothing() -> None:
    ana = person("ana@example.com")
    person("old@example.com")
    wish = confirmed(asked(ana, "old@example.com"), OWN, OTHER)
    refuse_join(token=refuse_token(wish), now=NOW)
    stale = AccountJoin.objects.get(pk=wish.pk)
    stale.refused_at = None  # as a request has read it that began before
    with pytest.raises(JoinClosed):
        joined(stale)
    again = confirmed(asked(ana, "old@example.com"), OWN, OTHER)
    leave(account=ana, also_cards=True, by=Actor.client(ana.pk), now=NOW)
    with pytest.raises(JoinClosed):
        joined(again, by=Actor.client(again.account_id))


def test_once_joined_the_other_mailbox_can_only_undo() -> None:
    ana = person("ana@example.com")
    person("old@example.com")
    join = made_one(ana, "old@example.com")
    with pytest.raises(LinkClosed):
        refuse_join(token=refuse_token(join), now=NOW)
    undone(join)


def test_a_log_in_that_was_absorbed_this_moment_gets_no_card_of_its_own(business: Business) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    made_one(ana, "old@example.com")
    with pytest.raises(AccountGone), transaction.atomic():
        card_for_account(business=business, account=old, by=Actor.client(old.pk), now=NOW)
    assert owners() == {}


@pytest.mark.req("L1")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["inner-first", "outer-first"])
def test_a_chain_of_joins_is_undone_in_any_order(
    business: Business, next_door: Business, order: tuple[int, int]
) -> None:
    bea, ana, old = (person(f"{name}@example.com", name) for name in ("bea", "ana", "old"))
    for account, places in ((bea, [business]), (ana, [next_door]), (old, [business, next_door])):
        for place in places:
            card_of(account, place)
    cards, addresses = owners(), holders()
    joins = [made_one(ana, "old@example.com"), made_one(bea, "ana@example.com")]
    assert set(holders().values()) == {bea.pk}
    assert stands_for_account(old.pk) == bea.pk
    undone(joins[order[0]], now=LATER)
    assert account_by_email("bea@example.com") == bea
    assert account_by_email("old@example.com") == (old if order[0] == 0 else ana)
    undone(joins[order[1]], now=LATER)
    assert holders() == addresses
    for one in (bea, ana, old):
        one.refresh_from_db()
        assert (one.is_active, one.email) == (True, f"{one.name}@example.com")
        assert stands_for_account(one.pk) == one.pk
    assert {key: of for key, of in owners().items() if key in cards} == cards


def test_an_address_that_came_back_another_way_goes_along_with_nobody_else() -> None:
    ana, bea, cleo = (person(f"{name}@example.com", name) for name in ("ana", "bea", "cleo"))
    first = made_one(bea, cleo.email)
    second = made_one(ana, bea.email)
    undone(first)
    made_one(ana, "cleo@example.com")
    undone(second)
    assert holders() == {
        "ana@example.com": ana.pk,
        "bea@example.com": bea.pk,
        "cleo@example.com": ana.pk,
    }
    assert stands_for_account(cleo.pk) == ana.pk


def test_who_signs_in_with_an_address_that_goes_back_gets_one_that_stays() -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    join = made_one(ana, "old@example.com")
    EmailAddress.objects.filter(user=ana).update(primary=False)
    EmailAddress.objects.filter(email="old@example.com").update(primary=True)
    Account.objects.filter(pk=ana.pk).update(email="old@example.com")
    undone(join, now=LATER)
    for one, email in ((ana, "ana@example.com"), (old, "old@example.com")):
        one.refresh_from_db()
        assert one.email == email
        assert EmailAddress.objects.get(email=email, primary=True).user == one


def sign_in_with(account: Account, email: str) -> None:
    account.refresh_from_db()
    choose_primary(account=account, email=email, by=Actor.client(account.pk), now=NOW)


@pytest.mark.req("L1")
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_signed_in_with_what_was_absorbed_and_was_absorbed_in_turn_gets_their_own_again(
    order: tuple[int, ...],
) -> None:
    names = ("old", "bea", "ana", "eva")
    people = [person(f"{name}@example.com", name) for name in names]
    joins = []
    for absorbed, holder in pairwise(people):
        absorbed.refresh_from_db()
        joins.append(made_one(holder, absorbed.email))
        sign_in_with(holder, "old@example.com")
    for number in order:
        undone(joins[number], now=LATER)
    for one, name in zip(people, names, strict=True):
        one.refresh_from_db()
        assert (one.is_active, one.email) == (True, f"{name}@example.com")
        assert [*EmailAddress.objects.filter(user=one).values_list("email", "primary")] == [
            (one.email, True)
        ]


def test_who_has_nothing_left_but_what_goes_back_gets_an_address_first() -> None:
    old, bea, ana = (person(f"{name}@example.com", name) for name in ("old", "bea", "ana"))
    inner = made_one(bea, "old@example.com")
    sign_in_with(bea, "old@example.com")
    remove_address(account=bea, email="bea@example.com", by=Actor.client(bea.pk), now=NOW)
    outer = made_one(ana, "old@example.com")
    before = holders()
    with pytest.raises(EmailTaken):
        undone(inner, now=LATER)
    assert holders() == before
    undone(outer, now=LATER)
    bea.refresh_from_db()
    assert bea.email == "old@example.com"
    EmailAddress.objects.create(user=bea, email="new@example.com", verified=True)
    undone(inner, now=LATER)
    for one, email in ((old, "old@example.com"), (bea, "new@example.com")):
        one.refresh_from_db()
        assert (one.is_active, one.email) == (True, email)


def test_an_address_that_somebody_else_proved_since_cannot_go_back() -> None:
    ana = person("ana@example.com")
    person("old@example.com")
    join = made_one(ana, "old@example.com")
    by = Actor.client(ana.pk)
    remove_address(account=ana, email="old@example.com", by=by, now=NOW)
    eve = person("eve@example.com", "Eve", "old@example.com")
    before = holders()
    with pytest.raises(EmailTaken):
        undone(join, now=LATER)
    assert holders() == before
    assert account_by_email("old@example.com") == eve


def test_cards_found_by_an_address_that_goes_back_wait_for_its_owner_again(
    business: Business, next_door: Business
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com", "Ana Prueba")
    here = guest_card(business, "Ana Prueba", "old@example.com")
    join = made_one(ana, "old@example.com")
    since = guest_card(next_door, "Ana Prueba", "old@example.com")
    claim_cards(account=ana, now=LATER)
    assert owners() == {here.pk: ana.pk, since.pk: ana.pk}
    undone(join, now=LATER)
    assert owners() == {here.pk: old.pk, since.pk: old.pk}


def test_cards_found_by_an_address_that_nobody_had_wait_there_again(business: Business) -> None:
    ana = person("ana@example.com")
    card = guest_card(business, "Ana Prueba", "new@example.com")
    join = made_one(ana, "new@example.com")
    assert owners() == {card.pk: ana.pk}
    undone(join, now=LATER)
    assert owners() == {card.pk: None}


@pytest.mark.req("L1")
def test_where_staff_parted_the_cards_before_the_log_in_comes_back_all_the_same(
    business: Business,
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    cards = {card_of(ana, business).pk: ana.pk, card_of(old, business).pk: old.pk}
    join = made_one(ana, "old@example.com")
    with business_scope(business.pk):
        unmerge_clients(merge=Merge.objects.get(), by=STAFF, now=LATER)
    assert set(owners().values()) == {ana.pk, None}  # nobody signs in to the absorbed account
    undone(join, now=LATER)
    assert owners() == cards


@pytest.mark.req("L1")
def test_a_card_that_staff_had_joined_before_and_parted_meanwhile_is_theirs_again(
    business: Business,
) -> None:
    """While the account was absorbed nobody could sign in to it; who it was stands on the merge alone."""
    ana, old = person("ana@example.com"), person("old@example.com")
    card = card_of(old, business)
    with business_scope(business.pk):
        Identifier.objects.filter(client=card).delete()
        merge = merged(card, make_client(business, "Desk"), "seen")
    join = made_one(ana, "old@example.com")
    with business_scope(business.pk):
        unmerge_clients(merge=merge, by=STAFF, now=LATER)
    assert owners()[card.pk] is None
    undone(join, now=LATER)
    assert owners()[card.pk] == old.pk


@pytest.mark.req("L18", "ERA-01")
def test_a_card_that_was_forgotten_meanwhile_stays_so_and_the_person_can_book_anew(
    business: Business, service: Service
) -> None:
    ana, old = person("ana@example.com", "Canary Ana"), person("old@example.com", "Canary Old")
    mine, other = card_of(ana, business), card_of(old, business)
    with business_scope(business.pk):
        visit = book(service, at("2026-11-24 10:00"), client=other).appointment
    join = made_one(ana, "old@example.com")
    with business_scope(business.pk):
        mine.refresh_from_db()
        erase_card(card=mine, because="at-own-wish", by=Actor.client(ana.pk), now=NOW)
    undone(join, now=LATER)
    with business_scope(business.pk):
        for card in Client.objects.all():
            assert (card.account_id, card.record_name) == (None, pseudonym(card))
            assert card.erased_at == NOW
            assert card.merged_into_id is None
            assert "canary" not in card.search_text.casefold()
        assert Appointment.objects.get(pk=visit.pk).client_id == other.pk
    for one in (ana, old):
        one.refresh_from_db()
        assert one.is_active
        assert card_of(one, business).pk not in {mine.pk, other.pk}


@pytest.mark.req("ERA-01")
def test_who_left_takes_the_absorbed_account_along_and_its_undoing(business: Business) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    card_of(old, business)
    join = made_one(ana, "old@example.com")
    token = undo_token(join)
    leave(account=ana, also_cards=True, by=Actor.client(ana.pk), now=LATER)
    assert not Account.objects.filter(pk__in=(ana.pk, old.pk)).exists()
    with pytest.raises(LinkClosed):
        undo_join(token=token, now=LATER)
    with system_scope("the test looks everywhere"):
        assert not Client.objects.filter(erased_at=None).exists()


@pytest.mark.req("ERA-01")
def test_who_leaves_after_the_parting_is_named_by_no_wish_of_the_other(business: Business) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    undone(made_one(ana, "old@example.com"), now=LATER)
    open_one, kept = (asked(ana, f"{name}@example.com", now=LATER) for name in ("old", "new"))
    old.refresh_from_db()
    leave(account=old, also_cards=True, by=Actor.client(old.pk), now=LATER)
    assert "old@example.com" not in repr(list(AccountJoin.objects.values_list()))
    kept.refresh_from_db()
    open_one.refresh_from_db()
    assert (kept.other_email, kept.closes_at > LATER) == ("new@example.com", True)
    assert open_one.closes_at == LATER
    AccountMail.objects.all().delete()
    expire_joins(now=LATER)
    worker.run_once(LATER)
    assert Request.objects.filter(join=open_one).exclude(ended_at=None).exists()
    assert not AccountMail.objects.filter(address="").exists()


@pytest.mark.req("MRG-11")
def test_the_calendar_address_of_an_absorbed_account_is_dead_at_once(
    business: Business, service: Service
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    card = card_of(old, business)
    token = renew_calendar_feed(account=old, by=Actor.client(old.pk), now=NOW)
    with business_scope(business.pk):
        book(service, at("2026-11-24 10:00"), client=card)
    assert feed_state(token=token, now=NOW) is not None
    join = made_one(ana, "old@example.com")
    assert feed_state(token=token, now=NOW) is None
    heard = [one for one in handlers_of(AccountsJoined.name) if "feed" in one.name]
    assert len(heard) == 1
    heard[0].handle(AccountsJoined(join_id=join.pk), now=NOW)
    undone(join, now=LATER)
    assert feed_state(token=token, now=LATER) is None  # it was known while it was another's


def test_what_was_booked_since_goes_to_whose_log_in_or_address_made_it(
    business: Business, service: Service
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    mine, other = card_of(ana, business), card_of(old, business)
    join = made_one(ana, "old@example.com")
    by = Actor.client(ana.pk)
    with business_scope(business.pk):
        hers = book(service, at("2026-11-24 10:00"), client=None, account=ana, by=by).appointment
        desk = book(service, at("2026-11-24 12:00"), client=mine).appointment
        guest = make_guest("Ana Prueba", "old@example.com")
        guests = book(service, at("2026-11-24 16:00"), client=guest).appointment
    undone(join, now=LATER)
    with business_scope(business.pk):
        of = dict(Appointment.objects.values_list("pk", "client"))
    assert of[hers.pk] == of[desk.pk] == mine.pk
    assert of[guests.pk] != mine.pk
    assert other.pk in owners()


def test_accounts_are_held_as_they_are_now_and_those_that_left_are_missing() -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    Account.objects.filter(pk=ana.pk).update(name="Ana Otra")
    gone = old.pk
    old.delete()
    with transaction.atomic():
        held = hold_accounts(ids=[gone, ana.pk], address="any@example.com")
    assert {key: one.name for key, one in held.items()} == {ana.pk: "Ana Otra"}
