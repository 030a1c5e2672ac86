"""Begin a log-in that nobody has proved: it holds nothing, ends in a week, and touches no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from tests import factories
from tests.factories import NOW

from clientela.accounts.actions.ask_sign_up import SignUp
from clientela.accounts.actions.begin_account import begin_account
from clientela.accounts.actions.create_account import create_account
from clientela.accounts.errors import EmailTaken
from clientela.accounts.models import Account
from clientela.platform.ids import uuid7

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def wish(email: str = "Nina@Example.com", password: str = "") -> SignUp:
    return SignUp(
        account_id=str(uuid7()),
        email=email,
        name="  Nina   Prueba ",
        password_hash=make_password(password) if password else "",
        language="es",
        zone="Europe/Madrid",
        onward="",
    )


def test_it_is_unproved_and_ends_in_a_week() -> None:
    asked = wish()
    account = begin_account(wish=asked, now=NOW)
    assert str(account.pk) == asked.account_id
    assert (account.email, account.name) == ("nina@example.com", "Nina Prueba")
    assert (account.language, account.zone) == ("es", "Europe/Madrid")
    assert (account.created_at, account.expires_at) == (NOW, NOW + WEEK)
    assert not account.has_usable_password()
    row = EmailAddress.objects.get(user=account)
    assert (row.email, row.verified, row.primary) == ("nina@example.com", False, True)


def test_a_chosen_password_is_kept_as_it_was_hashed() -> None:
    account = begin_account(wish=wish(password="four calm green otters"), now=NOW)
    assert account.check_password("four calm green otters")


@pytest.mark.parametrize("proved", [True, False])
def test_an_address_that_any_account_has_is_taken_and_that_account_is_not_touched(
    proved: bool,
) -> None:
    if proved:
        first = create_account(
            email="nina@example.com",
            name="First",
            password="four calm green otters",
            by=factories.SYSTEM,
            now=NOW,
        )
    else:
        first = begin_account(wish=wish(), now=NOW)
    before = Account.objects.values().get(pk=first.pk)
    with pytest.raises(EmailTaken):
        begin_account(wish=wish(password="seven brave blue herons"), now=NOW + timedelta(days=1))
    assert Account.objects.values().get(pk=first.pk) == before
    assert Account.objects.count() == 1


def test_an_alias_of_somebody_is_taken_too() -> None:
    other = factories.make_account("other@example.com", "Other")
    EmailAddress.objects.create(user=other, email="nina@example.com", verified=True)
    with pytest.raises(EmailTaken):
        begin_account(wish=wish(), now=NOW)


@pytest.mark.parametrize(("late", "is_free"), [(-1, False), (0, True), (1, True)])
def test_one_whose_week_is_over_is_in_nobodys_way(late: int, is_free: bool) -> None:
    first = begin_account(wish=wish(), now=NOW)
    moment = NOW + WEEK + timedelta(seconds=late)
    if not is_free:
        with pytest.raises(EmailTaken):
            begin_account(wish=wish(), now=moment)
        return
    second = begin_account(wish=wish(), now=moment)
    assert list(Account.objects.values_list("pk", flat=True)) == [second.pk]
    assert second.pk != first.pk
