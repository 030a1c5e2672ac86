"""A log-in is made with a proved address and a password worth the name."""

from __future__ import annotations

import pytest
from tests import factories

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.errors import EmailInvalid, EmailTaken, PasswordRefused
from clientela.accounts.models import Account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.accounts.queries.any_account import any_account
from clientela.platform.audit import AuditEvent
from clientela.platform.tenancy import system_scope

pytestmark = pytest.mark.django_db
GOOD = "four calm green otters"


def create(
    email: str = "Olga@Example.com", password: str = GOOD, name: str = " Olga  Dueña "
) -> Account:
    return create_account(
        email=email, name=name, password=password, by=factories.SYSTEM, now=factories.NOW
    )


def test_the_address_is_the_proved_log_in_however_it_was_typed() -> None:
    assert not any_account()
    account = create()
    assert (account.email, account.name) == ("olga@example.com", "Olga Dueña")
    assert account.check_password(GOOD)
    assert not account.is_operator
    assert account_by_email("OLGA@example.com") == account
    assert any_account()
    with system_scope("a test reads the trail"):
        assert AuditEvent.objects.filter(action="account-created").count() == 1


@pytest.mark.parametrize(
    "password",
    ["", "fourteen chars", "olga@example.com", "123456789987654321"],
)
def test_a_password_that_is_short_common_or_ones_own_name_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        create(password=password)
    assert refused.value.field == "password"
    assert refused.value.facts["sentences"]
    assert not any_account()


@pytest.mark.parametrize(
    "password",
    ["fünfzehn Zeichén", "a" * 5 + " long one " + "z" * 60, "🦦🦔🐙🦉🐢🦋🐌🦀🐝🐞🐬🐳🦑🦐🐚"],
)
def test_a_long_password_in_any_script_is_taken(password: str) -> None:
    assert create(password=password).check_password(password)


@pytest.mark.parametrize("email", ["", "olga", "olga@", "@example.com", "o l g a@example.com"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(EmailInvalid):
        create(email=email)


def test_an_account_that_exists_is_never_touched() -> None:
    first = create()
    with pytest.raises(EmailTaken):
        create(email="olga@example.com", password="another calm green otter", name="Impostor")
    first.refresh_from_db()
    assert (first.name, first.check_password(GOOD)) == ("Olga Dueña", True)
    assert Account.objects.count() == 1


def test_an_unknown_address_belongs_to_nobody() -> None:
    create()
    assert account_by_email("nobody@example.com") is None
