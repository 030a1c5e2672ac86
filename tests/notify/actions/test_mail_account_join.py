"""The mails about two accounts: a code to each mailbox, the same whoever has the other, and both told of every end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.notify.actions.test_mail_address_change import leave
from tests.people.persons import person
from tests.web.mails import text_of

from clientela.accounts.actions.ask_join import ask_join
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import AccountJoin
from clientela.notify.actions.mail_account_join import (
    mail_accounts_joined,
    mail_join_codes,
    mail_join_expired,
    mail_join_undone,
)
from clientela.notify.models import SimulatedMail
from clientela.platform import links
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
ANA, OLD = "ana@example.com", "old@example.com"


@pytest.fixture
def join(scope: None, now) -> AccountJoin:
    account = person(ANA, language="es", zone="Europe/Madrid")
    return ask_join(
        account=account, email=OLD, session_digest="", by=Actor.client(account.pk), now=now
    )


def told(now) -> dict[str, str]:
    return {address: text_of(mail) for address, mail in leave(now)}


def test_each_mailbox_gets_its_own_code_and_not_the_others(join: AccountJoin, now) -> None:
    mail_join_codes(join_id=join.pk, now=now)
    mails = told(now)
    own = join_code(purpose=OWN, nonce=join.own_nonce)
    other = join_code(purpose=OTHER, nonce=join.other_nonce)
    assert set(mails) == {ANA, OLD}
    assert own in mails[ANA]
    assert own not in mails[OLD]
    assert other in mails[OLD]
    assert other not in mails[ANA]
    assert "ana@" in mails[OLD]
    assert "El segundo de dos códigos" in mails[OLD]


def test_the_other_mail_is_the_same_whether_or_not_there_is_an_account(
    join: AccountJoin, now
) -> None:
    mail_join_codes(join_id=join.pk, now=now)
    without = told(now)[OLD]
    SimulatedMail.objects.all().delete()
    person(OLD, language="it")
    mail_join_codes(join_id=join.pk, now=now)
    assert told(now)[OLD] == without


def test_nobody_is_asked_any_more_once_the_other_mailbox_refused(join: AccountJoin, now) -> None:
    refuse_join(token=links.derive(purpose="join-refuse", nonce=join.refuse_nonce), now=now)
    mail_join_codes(join_id=join.pk, now=now)
    assert told(now) == {}


@pytest.mark.req("S0.22")
def test_both_mailboxes_are_told_of_expiry_of_joining_and_of_parting(
    join: AccountJoin, now
) -> None:
    def say(tell, **changed: object) -> dict[str, str]:
        SimulatedMail.objects.all().delete()
        AccountJoin.objects.filter(pk=join.pk).update(**changed)
        tell(join_id=join.pk, now=now)
        return told(now)

    expired = say(mail_join_expired, expired_at=now)
    joined = say(
        mail_accounts_joined,
        expired_at=None,
        own_confirmed_at=now,
        other_confirmed_at=now,
        joined_at=now,
        undo_until=now + timedelta(hours=72),
    )
    undone = say(mail_join_undone, undone_at=now)
    assert set(expired) == set(joined) == set(undone) == {ANA, OLD}
    assert "Las cuentas no se han unido" in expired[OLD] or "a tiempo" in expired[OLD]
    assert "/client/two-accounts/undo/" in joined[ANA]
    assert "/client/two-accounts/undo/" in joined[OLD]
    assert "dos" in undone[OLD]
