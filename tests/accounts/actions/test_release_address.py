"""A mailbox is proved by somebody: whoever only claimed it keeps nothing, whoever proved it keeps all."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from tests.accounts.people import NOW, proved, signed_up

from clientela.accounts.actions.release_address import release_address
from clientela.accounts.models import Account

pytestmark = pytest.mark.django_db


@pytest.mark.req("ACC-02")
@pytest.mark.parametrize("spelling", ["ana@example.com", " ANA@Example.com "])
def test_an_account_nobody_proved_ends(spelling: str) -> None:
    signed_up("ana@example.com")
    assert release_address(email=spelling, now=NOW)
    assert not Account.objects.exists()
    assert not EmailAddress.objects.exists()


def test_a_proved_account_and_anothers_stay() -> None:
    """The control."""
    proved("ana@example.com")
    signed_up("luz@example.com")
    assert not release_address(email="ana@example.com", now=NOW)
    assert Account.objects.count() == 2


def test_an_address_merely_entered_elsewhere_is_taken_off_and_its_account_stays() -> None:
    account = proved("luz@example.com")
    EmailAddress.objects.create(user=account, email="ana@example.com", verified=False)
    assert not release_address(email="ana@example.com", now=NOW)
    assert [one.email for one in EmailAddress.objects.all()] == ["luz@example.com"]
