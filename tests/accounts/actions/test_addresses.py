"""Addresses are added by proof, told to the former mailbox, and taken back from there for 72 hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests import factories
from tests.accounts.people import MINUTE, NOW, proof_token, proved, signed_up, undo_token

from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.accounts.actions.choose_primary import choose_primary
from clientela.accounts.actions.prove_address_change import prove_address_change
from clientela.accounts.actions.remove_address import remove_address
from clientela.accounts.actions.tidy_address_changes import tidy_address_changes
from clientela.accounts.actions.undo_address_change import undo_address_change
from clientela.accounts.errors import (
    AddressGuarded,
    AddressStands,
    AddressUnknown,
    AddressUnproved,
    EmailInvalid,
    EmailTaken,
    LinkClosed,
    PrimaryStays,
    TooManyAddresses,
)
from clientela.accounts.events import AddressAsked, AddressProved, AddressUndone
from clientela.accounts.models import Account, AddressChange
from clientela.accounts.queries.address_changes import (
    change_to_prove,
    change_to_undo,
    pending_changes,
)
from clientela.accounts.queries.addresses import addresses_of, verified_emails
from clientela.platform import outbox
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal

pytestmark = pytest.mark.django_db

OLD, NEW = "ana@example.com", "ana.new@example.com"
HOUR = timedelta(hours=1)


def ask(
    account: Account, email: str = NEW, *, makes_primary: bool = True, now: datetime = NOW
) -> AddressChange:
    return ask_address_change(
        account=account,
        email=email,
        makes_primary=makes_primary,
        by=Actor.client(account.pk),
        now=now,
    )


def prove(change: AddressChange, *, now: datetime = NOW + HOUR) -> AddressChange:
    return prove_address_change(token=proof_token(change), now=now)


def recorded(kind: type[outbox.Event]) -> int:
    return outbox.OutboxEvent.objects.filter(name=kind.name).count()


def sign_in(account: Account) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session.save()
    key = str(session.session_key)
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="x")
    return key


@pytest.mark.req("S2.19")
@pytest.mark.req("ACC-01")
def test_nothing_changes_before_the_new_mailbox_is_proved() -> None:
    account = proved(OLD)
    change = ask(account)
    account.refresh_from_db()
    assert account.email == OLD
    assert verified_emails(account=account) == [OLD]
    assert pending_changes(account=account, now=NOW) == [change]
    assert recorded(AddressAsked) == 1
    assert recorded(AddressProved) == 0


@pytest.mark.req("S2.19")
@pytest.mark.req("ACC-01")
def test_the_proof_makes_it_the_log_in_keeps_the_former_one_and_tells_it() -> None:
    account = proved(OLD)
    change = prove(ask(account))
    account.refresh_from_db()
    assert account.email == NEW
    assert verified_emails(account=account) == [NEW, OLD]
    assert change.undo_until == NOW + HOUR + 72 * HOUR
    assert recorded(AddressProved) == 1
    assert pending_changes(account=account, now=NOW + HOUR) == []


def test_an_address_may_be_added_without_becoming_the_log_in_and_the_log_in_is_told_too() -> None:
    account = proved(OLD)
    change = prove(ask(account, makes_primary=False))
    account.refresh_from_db()
    assert account.email == OLD
    assert verified_emails(account=account) == [OLD, NEW]
    assert change.undo_until is not None
    assert recorded(AddressProved) == 1


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize(("after", "works"), [(72 * HOUR - MINUTE, True), (72 * HOUR, False)])
def test_the_former_mailbox_may_undo_it_for_72_hours_to_the_minute(
    after: timedelta, works: bool
) -> None:
    account = proved(OLD)
    change = prove(ask(account), now=NOW)
    assert (change_to_undo(token=undo_token(change), now=NOW + after) is not None) is works
    if not works:
        with pytest.raises(LinkClosed):
            undo_address_change(token=undo_token(change), now=NOW + after)
        return
    undo_address_change(token=undo_token(change), now=NOW + after)
    account.refresh_from_db()
    assert account.email == OLD
    assert verified_emails(account=account) == [OLD]
    assert recorded(AddressUndone) == 1


@pytest.mark.req("ACC-01")
def test_undoing_throws_the_thief_out() -> None:
    account = proved(OLD)
    change = ask(account)
    key = sign_in(account)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(user=account).update(created_at=NOW + MINUTE)
    prove(change)
    undo_address_change(token=undo_token(change), now=NOW + 2 * HOUR)
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not Session.objects.filter(session_key=key).exists()
    assert not Authenticator.objects.filter(user=account).exists()
    with pytest.raises(LinkClosed):
        undo_address_change(token=undo_token(change), now=NOW + 2 * HOUR)


@pytest.mark.req("ACC-01")
def test_factors_from_before_the_change_outlive_the_undo() -> None:
    account = proved(OLD)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(user=account).update(created_at=NOW - HOUR)
    change = prove(ask(account))
    undo_address_change(token=undo_token(change), now=NOW + 2 * HOUR)
    assert Authenticator.objects.filter(user=account).count() == 1


@pytest.mark.req("ACC-01")
def test_undoing_the_first_of_several_changes_undoes_the_later_ones_with_it() -> None:
    account = proved(OLD)
    first = prove(ask(account, "thief@example.com"), now=NOW + MINUTE)
    second = prove(ask(account, "den@example.com", now=NOW + HOUR), now=NOW + 2 * HOUR)
    waiting = ask(account, "third@example.com", now=NOW + 3 * HOUR)
    undo_address_change(token=undo_token(first), now=NOW + 4 * HOUR)
    account.refresh_from_db()
    assert verified_emails(account=account) == [OLD]
    for closed in (
        lambda: undo_address_change(token=undo_token(second), now=NOW + 4 * HOUR),
        lambda: prove_address_change(token=proof_token(waiting), now=NOW + 4 * HOUR),
    ):
        with pytest.raises(LinkClosed):
            closed()


@pytest.mark.req("ACC-01")
def test_the_mailbox_that_may_undo_cannot_be_removed_meanwhile() -> None:
    account = proved(OLD)
    change = prove(ask(account), now=NOW)
    account.refresh_from_db()
    by = Actor.client(account.pk)
    with pytest.raises(AddressGuarded) as refused:
        remove_address(account=account, email=OLD, by=by, now=NOW + 72 * HOUR - MINUTE)
    assert refused.value.facts["until"] == change.undo_until
    remove_address(account=account, email=OLD, by=by, now=NOW + 72 * HOUR)
    assert verified_emails(account=account) == [NEW]


@pytest.mark.parametrize(("after", "works"), [(24 * HOUR - MINUTE, True), (24 * HOUR, False)])
def test_the_new_mailbox_has_24_hours_and_its_link_works_once(
    after: timedelta, works: bool
) -> None:
    change = ask(proved(OLD))
    token = proof_token(change)
    assert (change_to_prove(token=token, now=NOW + after) is not None) is works
    if works:
        prove_address_change(token=token, now=NOW + after)
    with pytest.raises(LinkClosed):
        prove_address_change(token=token, now=NOW + after)


def test_asking_again_closes_the_former_link() -> None:
    account = proved(OLD)
    former, newer = ask(account), ask(account, now=NOW + MINUTE)
    with pytest.raises(LinkClosed):
        prove(former)
    assert prove(newer).proved_at == NOW + HOUR


def test_one_links_secret_opens_no_other_door() -> None:
    change = ask(proved(OLD))
    with pytest.raises(LinkClosed):
        prove_address_change(token=undo_token(change), now=NOW)
    prove(change)
    with pytest.raises(LinkClosed):
        undo_address_change(token=proof_token(change), now=NOW + HOUR)


def test_asking_for_somebody_elses_address_looks_the_same_and_its_proof_is_refused() -> None:
    proved("other@example.com")
    account = proved(OLD)
    free, taken = ask(account, "free@example.com"), ask(account, "other@example.com")
    shape = [
        (one.makes_primary, one.closes_at, one.proved_at, len(one.proof_nonce))
        for one in (free, taken)
    ]
    assert shape[0] == shape[1]
    assert recorded(AddressAsked) == 2
    with pytest.raises(EmailTaken):
        prove(taken)
    account.refresh_from_db()
    assert account.email == OLD


def test_an_unproved_account_on_the_address_gives_way_to_who_proves_it() -> None:
    squatter = signed_up(NEW)
    account = proved(OLD)
    prove(ask(account))
    account.refresh_from_db()
    assert account.email == NEW
    assert not Account.objects.filter(pk=squatter.pk).exists()


def test_letters_that_look_alike_lead_to_the_stored_address_or_nowhere() -> None:
    proved("mike@example.com")
    account = proved(OLD)
    folded = ask(account, "mi\u212ae@example.com")  # the Kelvin sign is a k
    assert folded.new_email == "mike@example.com"
    with pytest.raises(EmailTaken):
        prove(folded)
    other = ask(account, "m\u0131ke@example.com")  # a dotless i is another letter
    assert other.new_email == "m\u0131ke@example.com"
    prove(other)
    assert not Account.objects.filter(email="mike@example.com", pk=account.pk).exists()


def test_one_has_ten_addresses_at_most_and_ten_wishes_a_day() -> None:
    many = proved("many@example.com", others=[f"m{n}@example.com" for n in range(9)])
    with pytest.raises(TooManyAddresses):
        ask(many)
    eager = proved(OLD)
    for n in range(10):
        ask(eager, f"n{n}@example.com", now=NOW + n * MINUTE)
    with pytest.raises(TooManyAddresses):
        ask(eager, "eleventh@example.com", now=NOW + HOUR)
    assert ask(eager, "eleventh@example.com", now=NOW + 24 * HOUR).pk


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda account: ask(account, OLD.upper()), AddressStands),
        (lambda account: ask(account, "no address"), EmailInvalid),
        (lambda account: choose(account, "who@example.com"), AddressUnknown),
        (lambda account: choose(account, "unproved@example.com"), AddressUnproved),
        (lambda account: remove(account, OLD), PrimaryStays),
        (lambda account: remove(account, "who@example.com"), AddressUnknown),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    act: Callable[[Account], object], refusal: type[Refusal]
) -> None:
    account = proved(OLD)
    EmailAddress.objects.create(
        user=account, email="unproved@example.com", verified=False, primary=False
    )
    before = addresses_of(account=account)
    with pytest.raises(refusal):
        act(account)
    assert addresses_of(account=account) == before
    assert not AddressChange.objects.exists()


def choose(account: Account, email: str) -> Account:
    return choose_primary(account=account, email=email, by=factories.SYSTEM, now=NOW)


def remove(account: Account, email: str) -> None:
    remove_address(account=account, email=email, by=factories.SYSTEM, now=NOW)


def test_a_proved_address_may_take_the_log_ins_place_and_others_may_go() -> None:
    account = proved(OLD, others=["work@example.com"])
    choose(account, "Work@Example.com")
    account.refresh_from_db()
    assert [(one.email, one.is_primary) for one in addresses_of(account=account)] == [
        ("work@example.com", True),
        (OLD, False),
    ]
    remove(account, OLD)
    assert verified_emails(account=account) == ["work@example.com"]


def test_wishes_are_forgotten_a_month_after_they_mattered() -> None:
    account = proved(OLD)
    ask(account, "never@example.com")
    prove(ask(account))
    assert tidy_address_changes(now=NOW + timedelta(days=30)) == 0
    assert tidy_address_changes(now=NOW + timedelta(days=40)) == 2
