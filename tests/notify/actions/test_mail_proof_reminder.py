"""The reminder of an unproved account: honest about the day, about what goes and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from tests.factories import make_account

from clientela.accounts.models import Account
from clientela.notify.actions.mail_proof_reminder import mail_proof_reminder
from clientela.notify.models import AccountMail
from clientela.platform import sealed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unproved(scope, now):
    account = make_account("ana@example.com", "Ana")
    EmailAddress.objects.create(user=account, email=account.email, verified=False, primary=True)
    Account.objects.filter(pk=account.pk).update(
        expires_at=now + timedelta(days=2), language="it", zone="Europe/Madrid"
    )
    account.refresh_from_db()
    return account


def letter() -> dict:
    return sealed.open_kept(AccountMail.objects.get().parcel_id)


@pytest.mark.req("S2.14", "L16")
@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (1, "Il tuo account scade tra 1 giorno se non confermi questo indirizzo"),
        (2, "Il tuo account scade tra 2 giorni se non confermi questo indirizzo"),
    ],
)
def test_it_says_when_the_account_ends_and_that_appointments_stay(unproved, now, days, subject):
    mail_proof_reminder(account_id=unproved.pk, days_left=days, now=now)
    words = letter()
    assert words["subject"] == subject
    said = " ".join(words["sentences"])
    assert "mar 24 nov, 11:00, ora di Madrid (CET)" in said
    assert "I tuoi appuntamenti restano prenotati" in said
    assert "/client/verify/" in words["link"]


def test_who_has_proved_it_meanwhile_or_is_gone_is_not_reminded(unproved, now):
    EmailAddress.objects.update(verified=True)
    mail_proof_reminder(account_id=unproved.pk, days_left=2, now=now)
    mail_proof_reminder(account_id=unproved.pk, days_left=1, now=now + timedelta(days=2))
    key = unproved.pk
    unproved.delete()
    mail_proof_reminder(account_id=key, days_left=1, now=now)
    assert AccountMail.objects.count() == 0
