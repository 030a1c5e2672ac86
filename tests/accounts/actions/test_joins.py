"""The wish to join two accounts: two codes, one session, thirty minutes, and nobody else's word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from tests.accounts.people import MINUTE, NOW, proved, signed_up

from clientela.accounts.actions.absorb_account import (
    absorb_account,
    close_joined,
    restore_account,
)
from clientela.accounts.actions.ask_join import CONFIRMED_WITHIN, MOST_IN_A_DAY, ask_join
from clientela.accounts.actions.confirm_join import confirm_join
from clientela.accounts.actions.erase_account import erase_account
from clientela.accounts.actions.expire_joins import expire_joins, tidy_joins
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.errors import (
    AccountGone,
    CodeWrong,
    EmailInvalid,
    JoinClosed,
    LinkClosed,
    NotYours,
    OwnAddress,
    TooManyJoins,
)
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.accounts.queries.joins import MOST_TRIES, join_under_way
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.models import OutboxEvent

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = links.digest("this session"), links.digest("another session")


def asked(account: Account, email: str = "old@example.com") -> AccountJoin:
    return ask_join(
        account=account, email=email, session_digest=HERE, by=Actor.client(account.pk), now=NOW
    )


def own_code(join: AccountJoin) -> str:
    return join_code(purpose=OWN, nonce=join.own_nonce)


def other_code(join: AccountJoin) -> str:
    return join_code(purpose=OTHER, nonce=join.other_nonce)


def typed(join: AccountJoin, code: str, **changed: object) -> AccountJoin:
    given = {"session_digest": HERE, "by": Actor.client(join.account_id), "now": NOW + MINUTE}
    return confirm_join(account=join.account, join=join, code=code, **{**given, **changed})


def test_what_is_noted_is_the_same_whoever_has_the_other_address() -> None:
    proved("old@example.com")
    ana = proved("ana@example.com")
    known, unknown = asked(ana), asked(ana, "nobody@example.com")
    events = OutboxEvent.objects.filter(name__contains="JoinAsked").values_list(
        "payload", flat=True
    )
    assert len(events) == 2
    told = {
        frozenset(
            name
            for name in ("absorbed", "joined_at", "other_confirmed_at")
            if getattr(one, name) is not None
        )
        for one in (known, unknown)
    }
    assert told == {frozenset()}
    assert "old@example.com" not in str(list(events))


def test_the_codes_differ_and_either_is_taken_in_any_order_and_spelling() -> None:
    join = asked(proved())
    assert own_code(join) != other_code(join)
    typed(join, other_code(join).lower().replace("-", " "))
    assert join.other_confirmed_at == NOW + MINUTE
    assert join.own_confirmed_at is None
    typed(join, own_code(join))
    assert join.own_confirmed_at == NOW + MINUTE


@pytest.mark.req("S0.22")
def test_one_code_alone_changes_nothing_and_expires_with_both_told() -> None:
    ana, old = proved(), proved("old@example.com")
    join = typed(asked(ana), own_code(AccountJoin.objects.get()))
    assert expire_joins(now=NOW + CONFIRMED_WITHIN - MINUTE) == 0
    assert expire_joins(now=NOW + CONFIRMED_WITHIN) == 1
    assert expire_joins(now=NOW + CONFIRMED_WITHIN) == 0
    assert OutboxEvent.objects.filter(name__contains="JoinExpired").count() == 1
    assert account_by_email("old@example.com") == old
    with pytest.raises(JoinClosed):
        typed(join, other_code(join), now=NOW + CONFIRMED_WITHIN)


def test_a_wish_that_nobody_answered_ends_silently_and_is_forgotten() -> None:
    join = asked(proved())
    assert expire_joins(now=join.closes_at) == 1
    assert not OutboxEvent.objects.filter(name__contains="JoinExpired").exists()
    assert tidy_joins(now=join.closes_at + timedelta(days=31)) == 1


def test_a_code_is_taken_in_the_session_that_asked_and_in_no_other() -> None:
    join = asked(proved())
    with pytest.raises(JoinClosed):
        typed(join, own_code(join), session_digest=ELSEWHERE)
    assert join_under_way(account=join.account, session_digest=ELSEWHERE, now=NOW) is None
    assert join_under_way(account=join.account, session_digest=HERE, now=NOW) == join


def test_neither_staff_nor_another_person_types_it() -> None:
    join = asked(proved())
    for by in (
        Actor.client(proved("eve@example.com").pk),
        Actor.staff(join.account_id, role="owner"),
    ):
        with pytest.raises(NotYours):
            typed(join, own_code(join), by=by)


@pytest.mark.req("MRG-05")
def test_codes_cannot_be_guessed_through() -> None:
    join = asked(proved())
    for _ in range(MOST_TRIES):
        with pytest.raises(CodeWrong):
            typed(join, "AAAA-AAAA")
    with pytest.raises(JoinClosed):
        typed(join, own_code(join))


def test_the_other_mailbox_can_end_it_once() -> None:
    join = asked(proved())
    token = links.rederive(
        purpose="join-refuse", nonce=join.refuse_nonce, digest=join.refuse_digest
    )
    refuse_join(token=token, now=NOW + MINUTE)
    with pytest.raises(JoinClosed):
        typed(join, own_code(join))
    with pytest.raises(LinkClosed):
        refuse_join(token=token, now=NOW + MINUTE)


def test_ones_own_address_a_nonsense_and_a_fourth_in_a_day_are_refused() -> None:
    ana = proved(others=["second@example.com"])
    for own in ("ana@example.com", "SECOND@example.com"):
        with pytest.raises(OwnAddress):
            asked(ana, own)
    with pytest.raises(EmailInvalid):
        asked(ana, "nonsense")
    for _ in range(MOST_IN_A_DAY):
        asked(ana)
    with pytest.raises(TooManyJoins):
        asked(ana)


def test_an_account_that_is_not_proved_joins_nobody() -> None:
    with pytest.raises(AccountGone):
        asked(signed_up())


def test_a_new_wish_ends_the_former() -> None:
    ana = proved()
    former = asked(ana)
    asked(ana, "other@example.com")
    former.refresh_from_db()
    with pytest.raises(JoinClosed):
        typed(former, own_code(former))


def test_the_database_refuses_a_joining_that_one_mailbox_alone_confirmed() -> None:
    join = asked(proved())
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountJoin.objects.filter(pk=join.pk).update(joined_at=NOW, own_confirmed_at=NOW)


def absorbed(join: AccountJoin, other: Account) -> None:
    absorb_account(join=join, absorbed=other, now=NOW)
    join.own_confirmed_at = join.other_confirmed_at = join.joined_at = NOW
    join.undo_until = NOW + timedelta(hours=72)
    join.save()


def test_addresses_move_and_go_back_and_nothing_else_of_the_log_in_is_lost() -> None:
    ana, old = proved(), proved("old@example.com", others=["older@example.com"])
    join = asked(ana)
    absorbed(join, old)
    assert account_by_email("old@example.com") == account_by_email("older@example.com") == ana
    old.refresh_from_db()
    assert not old.is_active
    ana.refresh_from_db()
    assert ana.email == "ana@example.com"
    restore_account(join=join, holder=ana, now=NOW)
    old.refresh_from_db()
    assert old.is_active
    assert old.email == "old@example.com"
    assert old.check_password("four calm green otters")
    assert set(EmailAddress.objects.filter(user=old, verified=True).values_list("email")) == {
        ("old@example.com",),
        ("older@example.com",),
    }


def test_what_hung_on_an_absorbed_account_goes_when_it_can_no_longer_be_undone() -> None:
    ana, old = proved(), proved("old@example.com")
    join = asked(ana)
    absorbed(join, old)
    assert close_joined(now=NOW + timedelta(hours=71)) == 0
    assert close_joined(now=NOW + timedelta(hours=72)) == 1
    assert close_joined(now=NOW + timedelta(hours=73)) == 0
    old.refresh_from_db()
    assert not old.has_usable_password()


def test_who_erases_their_account_erases_what_it_absorbed() -> None:
    ana, old = proved(), proved("old@example.com")
    absorbed(asked(ana), old)
    erase_account(account=ana, by=Actor.client(ana.pk), now=NOW)
    assert not Account.objects.filter(pk__in=[ana.pk, old.pk]).exists()
