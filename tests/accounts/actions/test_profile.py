"""What a person says about themselves, and how they leave."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests import factories
from tests.accounts.people import NOW, proved

from clientela.accounts import erasers
from clientela.accounts.actions.end_sessions import end_sessions
from clientela.accounts.actions.erase_account import erase_account
from clientela.accounts.actions.update_profile import update_profile
from clientela.accounts.errors import AccountGone
from clientela.accounts.events import AccountErased
from clientela.accounts.models import Account
from clientela.platform import outbox
from clientela.platform.models import AuditEvent
from clientela.platform.refusal import Refusal

pytestmark = pytest.mark.django_db


def change(account: Account, **facts: Any) -> Account:
    return update_profile(account=account, by=factories.SYSTEM, now=NOW, **facts)


def test_what_is_given_changes_and_the_rest_stays() -> None:
    account = proved()
    change(account, name="  Ana  María ", phone="+34600111222", birthday=date(1990, 2, 28))
    change(account, language="it", zone="Europe/Rome")
    account.refresh_from_db()
    assert (account.name, account.phone, account.birthday) == (
        "Ana María",
        "+34600111222",
        date(1990, 2, 28),
    )
    assert (account.language, account.zone) == ("it", "Europe/Rome")
    change(account, birthday=None, phone="")
    account.refresh_from_db()
    assert (account.phone, account.birthday, account.name) == ("", None, "Ana María")


def test_the_trail_names_the_fields_and_no_value() -> None:
    change(proved(), phone="+34600111222", name="Ana Prueba")
    line = AuditEvent.objects.get(action="profile-changed")
    assert line.details == {"fields": ["phone"]}


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"name": " \u200b "}, "name-missing"),
        ({"phone": "600 111 222"}, "phone-invalid"),
        ({"birthday": date(1899, 12, 31)}, "birthday-invalid"),
        ({"birthday": date(2026, 11, 25)}, "birthday-invalid"),
        ({"language": "xx"}, "language-unknown"),
        ({"zone": "Mars/Olympus"}, "zone-unknown"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any], word: str) -> None:
    with pytest.raises(Refusal) as refused:
        change(proved(), **facts)
    assert refused.value.reason == word


def sign_in(account: Account) -> str:
    session = SessionStore()
    session.save()
    key = str(session.session_key)
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="x")
    return key


def test_all_sessions_end_but_the_one_that_is_kept() -> None:
    account, other = proved(), proved("other@example.com")
    kept, lost, foreign = sign_in(account), sign_in(account), sign_in(other)
    assert end_sessions(account=account, keep=kept) == 1
    assert set(Session.objects.values_list("session_key", flat=True)) == {kept, foreign}
    assert not UserSession.objects.filter(session_key=lost).exists()
    assert end_sessions(account=account) == 1


def test_erasing_leaves_no_row_of_the_log_in_and_asks_every_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setitem(erasers._erasers, "test", lambda *, emails, now: asked.append(emails))
    account = proved(others=["work@example.com"])
    key = sign_in(account)
    erase_account(account=account, by=factories.SYSTEM, now=NOW)
    assert not Account.objects.filter(pk=account.pk).exists()
    assert not EmailAddress.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert asked == [["ana@example.com", "work@example.com"]]
    assert outbox.OutboxEvent.objects.filter(name=AccountErased.name).count() == 1
    with pytest.raises(AccountGone):
        erase_account(account=account, by=factories.SYSTEM, now=NOW)
