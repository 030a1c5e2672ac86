"""Proved or gone: seven days, to the minute, and nothing but the log-in goes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests import factories
from tests.accounts.people import MINUTE, NOW, WEEK, proved, signed_up

from clientela.accounts import jobs
from clientela.accounts.actions.end_unproved import end_unproved
from clientela.accounts.actions.prove_login_address import prove_login_address
from clientela.accounts.actions.remind_unproved import remind_unproved
from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.accounts.errors import AccountGone, AddressUnknown, EmailTaken
from clientela.accounts.events import ProofReminded
from clientela.accounts.models import Account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.accounts.queries.proof_link import proof_link
from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Identifier
from clientela.platform import outbox

pytestmark = pytest.mark.django_db


def prove(
    account: Account, *, now: datetime, email: str = "", keeps_password: bool = True
) -> Account:
    return prove_login_address(
        account=account, email=email or account.email, keeps_password=keeps_password, now=now
    )


def reminders() -> list[int]:
    rows = outbox.OutboxEvent.objects.filter(name=ProofReminded.name).order_by("occurred_at")
    return [row.payload["days_left"] for row in rows]


@pytest.mark.req("S2.8")
@pytest.mark.parametrize(
    ("after", "is_there"),
    [
        (WEEK - MINUTE, True),
        (WEEK - timedelta(microseconds=1), True),
        (WEEK, False),
        (WEEK + MINUTE, False),
    ],
)
def test_an_unproved_account_ends_after_seven_days_to_the_moment(
    after: timedelta, is_there: bool
) -> None:
    account = signed_up()
    assert end_unproved(now=NOW + after) == (0 if is_there else 1)
    assert Account.objects.filter(pk=account.pk).exists() is is_there
    assert EmailAddress.objects.filter(email=account.email).exists() is is_there


@pytest.mark.req("S2.8")
def test_a_proof_a_minute_before_the_end_saves_it_for_good() -> None:
    account = prove(signed_up(), now=NOW + WEEK - MINUTE)
    assert (account.expires_at, account.notice_at) == (None, None)
    assert end_unproved(now=NOW + 10 * WEEK) == 0
    assert account_by_email(account.email) == account


@pytest.mark.req("S2.8")
@pytest.mark.parametrize("late", [timedelta(), MINUTE])
def test_from_seven_days_on_the_proof_is_refused_though_the_job_was_late(late: timedelta) -> None:
    account = signed_up()
    with pytest.raises(AccountGone):
        prove(account, now=NOW + WEEK + late)
    assert account_by_email(account.email) is None
    assert end_unproved(now=NOW + WEEK + late) == 1
    with pytest.raises(AccountGone):
        prove(account, now=NOW + WEEK + late)


def test_a_proved_account_has_no_clock_and_a_running_one_is_not_set_back() -> None:
    calm = start_proof_clock(account=proved("calm@example.com"), now=NOW)
    assert (calm.expires_at, calm.notice_at) == (None, None)
    running = start_proof_clock(account=signed_up(), now=NOW + timedelta(days=3))
    assert running.expires_at == NOW + WEEK


def test_the_notices_come_after_one_five_and_six_days_each_once() -> None:
    account = signed_up()
    heard = []
    for hour in range(8 * 24):
        now = NOW + timedelta(hours=hour)
        jobs.remind(now)
        jobs.remind(now)
        heard.append(len(reminders()))
    assert reminders() == [6, 2, 1]
    assert [heard.index(count) for count in (1, 2, 3)] == [24, 5 * 24, 6 * 24]
    account.refresh_from_db()
    assert account.notice_at is None


def test_a_worker_that_was_away_sends_one_true_notice() -> None:
    signed_up()
    assert remind_unproved(now=NOW + timedelta(days=5, hours=6)) == 1
    assert reminders() == [2]
    assert remind_unproved(now=NOW + WEEK) == 0, "an account that is over is not reminded"


def test_a_proved_account_is_not_reminded() -> None:
    prove(signed_up(), now=NOW + MINUTE)
    assert remind_unproved(now=NOW + timedelta(days=6)) == 0


def with_everything(account: Account) -> str:
    """Give the account a session, a factor and a linked log-in; return the session's key."""
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session.save()
    UserSession.objects.create(
        user=account, session_key=session.session_key, ip="127.0.0.1", user_agent="a browser"
    )
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    SocialAccount.objects.create(user=account, provider="google", uid=str(account.pk))
    return str(session.session_key)


def test_who_proves_the_mailbox_from_elsewhere_finds_nothing_that_was_set_before() -> None:
    account = signed_up()
    EmailAddress.objects.create(
        user=account, email="evil@example.com", verified=False, primary=False
    )
    key = with_everything(account)
    prove(account, now=NOW + MINUTE, keeps_password=False)
    assert not account.has_usable_password()
    assert not Session.objects.filter(session_key=key).exists()
    assert not Authenticator.objects.filter(user=account).exists()
    assert not SocialAccount.objects.filter(user=account).exists()
    assert [row.email for row in EmailAddress.objects.filter(user=account)] == [account.email]


def test_who_proves_it_in_the_same_browser_keeps_what_they_set() -> None:
    account = signed_up()
    key = with_everything(account)
    prove(account, now=NOW + MINUTE, keeps_password=True)
    assert account.check_password("four calm green otters")
    assert Session.objects.filter(session_key=key).exists()
    assert Authenticator.objects.filter(user=account).exists()


def test_a_second_proof_changes_nothing_even_from_elsewhere() -> None:
    account = prove(signed_up(), now=NOW + MINUTE)
    key = with_everything(account)
    prove(account, now=NOW + 2 * MINUTE, keeps_password=False)
    assert account.check_password("four calm green otters")
    assert Session.objects.filter(session_key=key).exists()


def test_another_address_than_the_accounts_own_proves_nothing() -> None:
    account = signed_up()
    with pytest.raises(AddressUnknown):
        prove(account, now=NOW, email="other@example.com")
    assert account_by_email("other@example.com") is None


def test_an_address_that_another_account_has_proved_cannot_be_proved_here() -> None:
    proved("boss@example.com", others=["ana@example.com"])
    with pytest.raises(EmailTaken):
        prove(signed_up(), now=NOW + MINUTE)


def test_the_proof_link_is_there_until_the_address_is_proved() -> None:
    account = signed_up()
    assert proof_link(account=account).startswith("/client/")
    prove(account, now=NOW)
    assert proof_link(account=account) == ""


@pytest.mark.req("S2.9", "ERA-04")
def test_the_end_takes_the_login_and_leaves_card_and_bookings_as_they_were(
    client_card: Client, service: Service
) -> None:
    factories.book(service, factories.at("2026-11-24 10:00"), client=client_card)
    before = rows_of_the_business()
    assert end_unproved(now=NOW + WEEK) == 0
    account = signed_up("ana@example.com")
    assert end_unproved(now=NOW + WEEK) == 1
    assert not Account.objects.filter(pk=account.pk).exists()
    assert rows_of_the_business() == before


@pytest.mark.req("S2.9")
def test_a_later_account_on_the_same_address_finds_the_card_again(client_card: Client) -> None:
    signed_up("ana@example.com")
    end_unproved(now=NOW + WEEK)
    later = prove(signed_up("ana@example.com", now=NOW + 2 * WEEK), now=NOW + 2 * WEEK)
    assert [card.pk for card in claim_cards(account=later, now=NOW + 2 * WEEK)] == [client_card.pk]


def rows_of_the_business() -> list[tuple[object, ...]]:
    """Every card, contact and appointment, as stored."""
    return [
        row
        for model in (Client, Identifier, Appointment)
        for row in model.objects.order_by("pk").values_list()
    ]
