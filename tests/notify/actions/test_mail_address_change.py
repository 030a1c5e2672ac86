"""The mails about an address: the new mailbox is asked, the old one told, and nothing says whose it is (ACC-01)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from tests.factories import make_account
from tests.web.mails import link_of, text_of

from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.accounts.actions.prove_address_change import prove_address_change
from clientela.accounts.actions.undo_address_change import undo_address_change
from clientela.accounts.models import Account
from clientela.notify.actions.mail_address_change import (
    mail_address_changed,
    mail_address_proof,
    mail_address_undone,
)
from clientela.notify.actions.send_account_mails import NOTICES, send_account_mails
from clientela.notify.models import AccountMail, SimulatedMail
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "ana@example.com", "ana.nueva@example.com"


@pytest.fixture
def account(scope) -> Account:
    account = make_account(OLD, "Ana Prueba")
    Account.objects.filter(pk=account.pk).update(language="es", zone="Europe/Madrid")
    account.refresh_from_db()
    EmailAddress.objects.create(user=account, email=OLD, verified=True, primary=True)
    return account


@pytest.fixture
def change(account, now):
    return ask_address_change(
        account=account, email=NEW, makes_primary=True, by=Actor.client(account.pk), now=now
    )


def leave(now) -> list:
    """Let the queue leave; the mails as (address, parsed mail), oldest first."""
    import email  # noqa: PLC0415 -- one use
    from email.policy import default  # noqa: PLC0415 -- one use

    while send_account_mails(now=now):
        pass
    rows = SimulatedMail.objects.order_by("received_at", "id")
    return [
        (one.address, email.message_from_bytes(bytes(one.source), policy=default)) for one in rows
    ]


def token_in(mail) -> str:
    return link_of(mail).rstrip("/").rpartition("/")[2]


@pytest.mark.req("ACC-01")
def test_the_new_mailbox_gets_the_link_and_only_the_link_changes_anything(account, change, now):
    mail_address_proof(change_id=change.pk, now=now)
    ((address, mail),) = leave(now)
    assert address == NEW
    assert mail["Subject"] == "Confirma tu nueva dirección"
    account.refresh_from_db()
    assert account.email == OLD
    prove_address_change(token=token_in(mail), now=now)
    account.refresh_from_db()
    assert account.email == NEW


@pytest.mark.req("ACC-01")
def test_the_old_mailbox_is_told_what_it_is_now_and_may_take_it_back(account, change, now):
    mail_address_proof(change_id=change.pk, now=now)
    ((_, asked),) = leave(now)
    prove_address_change(token=token_in(asked), now=now)
    mail_address_changed(change_id=change.pk, now=now)
    address, told = leave(now)[-1]
    assert address == OLD
    text = text_of(told)
    assert "mié 25 nov, 11:00, hora de Madrid (CET)" in text
    assert "ana.nueva@example.com" not in text, "it stands there, but no program makes it a link"
    undo_address_change(token=token_in(told), now=now + timedelta(hours=71))
    mail_address_undone(change_id=change.pk, now=now)
    address, undone = leave(now)[-1]
    assert address == OLD
    assert undone["Subject"] == "Tu cuenta vuelve a ser tuya"
    assert {"address_changed", "address_undone"} <= NOTICES


def test_an_address_of_another_account_is_told_and_gets_no_link(account, now):
    other = make_account(NEW, "Eva")
    EmailAddress.objects.create(user=other, email=NEW, verified=True, primary=True)
    change = ask_address_change(
        account=account, email=NEW, makes_primary=False, by=Actor.client(account.pk), now=now
    )
    mail_address_proof(change_id=change.pk, now=now)
    ((address, mail),) = leave(now)
    assert address == NEW
    assert mail["Subject"] == "This address has an account already"
    assert "/client/address/" not in text_of(mail)
    assert "ana" not in text_of(mail).replace(NEW, "").lower()


def test_a_wish_that_was_answered_or_has_lapsed_is_not_mailed(change, now):
    mail_address_proof(change_id=change.pk, now=now + timedelta(hours=24))
    mail_address_changed(change_id=change.pk, now=now)
    mail_address_undone(change_id=change.pk, now=now)
    change.delete()
    mail_address_proof(change_id=change.pk or "00000000-0000-0000-0000-000000000000", now=now)
    assert AccountMail.objects.count() == 0


def test_tokens_are_stored_nowhere(account, change, now):
    mail_address_proof(change_id=change.pk, now=now)
    row = AccountMail.objects.get()
    ((_, mail),) = leave(now)
    token = token_in(mail)
    change.refresh_from_db()
    kept = [str(value) for value in change.__dict__.values()]
    assert not any(token in value for value in kept)
    row.refresh_from_db()
    assert not any(token in str(value) for value in row.__dict__.values())
