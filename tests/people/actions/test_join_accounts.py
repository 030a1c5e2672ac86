"""Two accounts of one person become one when both mailboxes have answered, and only then; and are parted again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from tests.factories import NOW, make_account, make_member
from tests.people.joins import asked, card_of, confirmed, joined, undo_token
from tests.people.persons import everything, person, unproved

from clientela.accounts.actions.ask_join import CONFIRMED_WITHIN
from clientela.accounts.errors import JoinClosed, LinkClosed, NotYours, WorksHere
from clientela.accounts.join_codes import OTHER, OWN
from clientela.accounts.models import Account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.business.models import Business, Role
from clientela.people.actions.join_accounts import UNDO_WITHIN
from clientela.people.actions.undo_join import undo_join
from clientela.people.models import Client, Merge, Proof
from clientela.people.queries.resolve import resolve
from clientela.platform.actor import Actor
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope

pytestmark = pytest.mark.django_db


def account_of(card: Client) -> Account | None:
    with business_scope(card.business_id):
        card.refresh_from_db()
    return card.account


@pytest.mark.req("S0.14")
@pytest.mark.req("S0.8")
def test_with_both_codes_the_cards_are_one_at_every_business_at_once(
    business: Business, next_door: Business
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com", "Ana P.")
    here, there = card_of(old, business), card_of(old, next_door)
    own = card_of(ana, business)
    joined(confirmed(asked(ana, "old@example.com"), OTHER, OWN))
    assert account_by_email("old@example.com") == ana
    with system_scope("the test looks everywhere"):
        assert resolve(here.pk) == own.pk
        stands = Client.objects.get(pk=resolve(there.pk))
        assert stands.account == ana
        assert stands.record_name == "Ana P."
        assert set(Merge.objects.values_list("proof", flat=True)) == {Proof.OWNERS}
    assert OutboxEvent.objects.filter(name__contains="AccountsJoined").count() == 1


@pytest.mark.parametrize("purposes", [(), (OWN,), (OTHER,)])
@pytest.mark.req("S0.14")
@pytest.mark.req("S0.22")
def test_without_both_codes_nothing_changes(business: Business, purposes: tuple[str, ...]) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    card_of(old, business)
    join = confirmed(asked(ana, "old@example.com"), *purposes)
    before = everything()
    with pytest.raises(JoinClosed):
        joined(join)
    assert everything() == before
    assert account_by_email("old@example.com") == old


@pytest.mark.req("MRG-04")
def test_nobody_else_joins_them_whatever_was_confirmed(business: Business) -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    join = confirmed(asked(ana, "old@example.com"), OWN, OTHER)
    owner = make_account("owner@example.com", "Olga")
    for by in (
        Actor.staff(owner.pk, role="owner"),
        Actor.client(old.pk),
        Actor.api("a program"),
    ):
        with pytest.raises(NotYours):
            joined(join, by=by)


def test_too_late_is_too_late_and_twice_is_once(business: Business) -> None:
    ana = person("ana@example.com")
    person("old@example.com")
    join = confirmed(asked(ana, "old@example.com"), OWN, OTHER)
    with pytest.raises(JoinClosed):
        joined(join, now=NOW + CONFIRMED_WITHIN)
    joined(join)
    with pytest.raises(JoinClosed):
        joined(join)


@pytest.mark.req("MRG-06")
def test_an_account_with_a_role_is_not_absorbed(business: Business) -> None:
    ana, works = person("ana@example.com"), person("desk@example.com")
    with business_scope(business.pk):
        make_member(business, works, Role.FRONT_DESK)
    join = confirmed(asked(ana, "desk@example.com"), OWN, OTHER)
    with pytest.raises(WorksHere):
        joined(join)
    assert account_by_email("desk@example.com") == works


def test_an_address_that_nobody_has_is_added(business: Business) -> None:
    ana = person("ana@example.com")
    join = joined(confirmed(asked(ana, "new@example.com"), OWN, OTHER))
    assert join.absorbed is None
    assert account_by_email("new@example.com") == ana
    undo_join(token=undo_token(join), now=NOW)
    assert account_by_email("new@example.com") is None


@pytest.mark.req("MRG-05")
def test_an_account_that_lay_in_wait_unproved_gives_way() -> None:
    ana, eve = person("ana@example.com"), unproved("new@example.com")
    joined(confirmed(asked(ana, "new@example.com"), OWN, OTHER))
    assert not Account.objects.filter(pk=eve.pk).exists()
    assert account_by_email("new@example.com") == ana


@pytest.mark.req("S0.4")
def test_parted_again_each_has_their_own_and_joined_once_more_it_is_one(
    business: Business, next_door: Business
) -> None:
    ana, old = person("ana@example.com"), person("old@example.com", "Ana P.", "older@example.com")
    here, there, own = card_of(old, business), card_of(old, next_door), card_of(ana, business)
    join = joined(confirmed(asked(ana, "old@example.com"), OWN, OTHER))
    undo_join(token=undo_token(join), now=NOW + timedelta(hours=1))
    assert (account_of(here), account_of(there), account_of(own)) == (old, old, ana)
    assert account_by_email("older@example.com") == old
    old.refresh_from_db()
    assert old.is_active
    with pytest.raises(LinkClosed):
        undo_join(token=undo_token(join), now=NOW + timedelta(hours=1))
    again = joined(confirmed(asked(ana, "old@example.com"), OWN, OTHER))
    assert again.absorbed == old
    assert account_of(here) is None


def test_the_way_back_ends_after_three_days_to_the_minute(business: Business) -> None:
    ana = person("ana@example.com")
    person("old@example.com")
    join = joined(confirmed(asked(ana, "old@example.com"), OWN, OTHER))
    with pytest.raises(LinkClosed):
        undo_join(token=undo_token(join), now=NOW + UNDO_WITHIN)
    undo_join(token=undo_token(join), now=NOW + UNDO_WITHIN - timedelta(minutes=1))
    assert EmailAddress.objects.get(email="old@example.com").user_id != ana.pk
