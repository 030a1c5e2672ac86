"""Every way into an account but its mailbox can be dropped, and a log-in can end, leaving what is not its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests import factories
from tests.accounts.people import NOW, proved

from clientela.accounts.actions.drop_access import drop_access
from clientela.accounts.actions.end_account import end_account
from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.models import Client
from clientela.platform.models import AuditEvent


@pytest.fixture
def ana(db: None) -> Account:
    """Ana with a password, a session, an app's codes from long ago, and a linked log-in of today."""
    account = proved()
    session = SessionStore()
    session.save()
    UserSession.objects.create(
        user=account, session_key=session.session_key, ip="127.0.0.1", user_agent="x"
    )
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.update(created_at=NOW - timedelta(days=90))
    SocialAccount.objects.create(user=account, provider="google", uid="1")
    SocialAccount.objects.update(date_joined=NOW)
    return account


def ways_in(account: Account) -> dict[str, bool]:
    account.refresh_from_db()
    return {
        "password": account.has_usable_password(),
        "session": Session.objects.exists(),
        "factor": Authenticator.objects.filter(user=account).exists(),
        "link": SocialAccount.objects.filter(user=account).exists(),
        "mailbox": EmailAddress.objects.filter(user=account, verified=True).exists(),
    }


def test_all_goes_but_the_mailbox(ana: Account) -> None:
    assert set(ways_in(ana).values()) == {True}
    drop_access(account=ana)
    assert ways_in(ana) == {
        "password": False,
        "session": False,
        "factor": False,
        "link": False,
        "mailbox": True,
    }


def test_from_a_moment_on_older_factors_stay(ana: Account) -> None:
    drop_access(account=ana, since=NOW - timedelta(days=1))
    assert ways_in(ana) == {
        "password": False,
        "session": False,
        "factor": True,
        "link": False,
        "mailbox": True,
    }


def test_a_log_in_ends_and_the_card_stays(ana: Account, business: Business, scope: None) -> None:
    card = factories.make_client(business, "Ana Prueba", "ana@example.com")
    Client.objects.filter(pk=card.pk).update(account=ana)
    key = ana.pk
    end_account(account=ana, because="a test", by=factories.SYSTEM, now=NOW)
    card.refresh_from_db()
    assert (card.account_id, card.record_name) == (None, "Ana Prueba")
    line = AuditEvent.objects.get(action="account-ended")
    assert (line.subject_id, line.reason) == (str(key), "a test")
