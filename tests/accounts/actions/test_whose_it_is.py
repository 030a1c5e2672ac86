"""A person's log-in and name are theirs: refused for every role of a business, for tokens and for the operator."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from tests import factories
from tests.accounts.people import NOW, proved

from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.accounts.actions.choose_primary import choose_primary
from clientela.accounts.actions.erase_account import erase_account
from clientela.accounts.actions.remove_address import remove_address
from clientela.accounts.actions.update_profile import update_profile
from clientela.accounts.errors import NotYours
from clientela.accounts.models import Account, AddressChange
from clientela.accounts.queries.addresses import addresses_of
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db

SOMEBODY = UUID(int=9)
OTHERS = {
    **{
        role: Actor.staff(SOMEBODY, role)
        for role in ("owner", "front_desk", "professional", "operator", "support")
    },
    "token": Actor.api("a token"),
    "guest": Actor.guest(),
    "another person": Actor.client(SOMEBODY),
}
ACTS: dict[str, Callable[[Account, Actor], object]] = {
    "name": lambda account, by: update_profile(account=account, name="X", by=by, now=NOW),
    "new address": lambda account, by: ask_address_change(
        account=account, email="x@example.com", makes_primary=True, by=by, now=NOW
    ),
    "log-in": lambda account, by: choose_primary(
        account=account, email="work@example.com", by=by, now=NOW
    ),
    "removal": lambda account, by: remove_address(
        account=account, email="work@example.com", by=by, now=NOW
    ),
    "erasure": lambda account, by: erase_account(account=account, by=by, now=NOW),
}


@pytest.mark.req("S1.33")
@pytest.mark.req("S1.41")
@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("what", ACTS)
def test_nobody_else_changes_it(what: str, who: str) -> None:
    account = proved(others=["work@example.com"])
    before = addresses_of(account=account)
    with pytest.raises(NotYours) as refused:
        ACTS[what](account, OTHERS[who])
    assert refused.value.reason == "not-yours"
    account.refresh_from_db()
    assert (account.name, account.email) == ("Ana Prueba", "ana@example.com")
    assert addresses_of(account=account) == before
    assert not AddressChange.objects.exists()


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("is_person", [True, False])
def test_the_person_and_the_installation_do(what: str, *, is_person: bool) -> None:
    account = proved(others=["work@example.com"])
    ACTS[what](account, Actor.client(account.pk) if is_person else factories.SYSTEM)
