"""Mails about log-ins: sealed while they wait, wiped when they have left, sent again after a death."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import WORDS_ARE_KEPT, queue_account_mail
from clientela.notify.actions.send_account_mails import LEASE, send_account_mails
from clientela.notify.models import AccountMail, Reason, SimulatedMail
from clientela.platform import failpoints, sealed
from clientela.platform.installation import hold_sending

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = AccountLetter(
    language="es",
    subject="Tu código",
    headline="Tu código",
    sentences=("Escríbelo en la página.",),
    why="Alguien lo ha pedido.",
    code="123-456",
)


@pytest.fixture
def mail(db, now) -> AccountMail:
    return queue_account_mail(kind="code", address="ana@example.com", letter=LETTER, now=now)


def test_it_leaves_once_and_its_words_are_wiped(mail, now):
    assert send_account_mails(now=now) == 1
    assert send_account_mails(now=now + timedelta(days=1)) == 0
    mail.refresh_from_db()
    assert (mail.reason, mail.send_at) == (Reason.HANDED_OVER, None)
    kept = SimulatedMail.objects.get()
    assert (kept.address, kept.message_id) == ("ana@example.com", mail.message_id)
    with pytest.raises(sealed.Unreadable):
        sealed.open_kept(mail.parcel_id)


def test_words_that_waited_too_long_are_not_sent(mail, now):
    sealed.wipe(mail.parcel_id, now=now)
    send_account_mails(now=now + WORDS_ARE_KEPT)
    mail.refresh_from_db()
    assert mail.reason == Reason.TOO_CLOSE
    assert SimulatedMail.objects.count() == 0


def test_nothing_leaves_while_the_installation_holds_messages(mail, now):
    hold_sending(now=now)
    assert send_account_mails(now=now) == 0


def test_a_sender_that_dies_after_handing_over_sends_a_second_copy_under_one_id(mail, now):
    failpoints.arm("notify.simulator.accepted=raise@1")
    with pytest.raises(failpoints.FailpointError):
        send_account_mails(now=now)
    failpoints.arm("")
    send_account_mails(now=now + LEASE)
    assert list(SimulatedMail.objects.values_list("message_id", flat=True)) == [mail.message_id] * 2
    mail.refresh_from_db()
    assert mail.reason == Reason.HANDED_OVER


@pytest.mark.parametrize(
    ("behaviour", "reason"), [("450", Reason.QUEUED), ("550", Reason.BOUNCED_HARD)]
)
def test_a_refusal_is_final_or_tried_again(mail, sink, now, behaviour, reason):
    sink.behaviours = [behaviour]
    send_account_mails(now=now)
    mail.refresh_from_db()
    assert mail.reason == reason


def test_a_server_that_is_down_is_asked_once_and_the_others_wait_untried(sink, settings, now):
    settings.EMAIL_PORT = 1
    for number in range(3):
        queue_account_mail(kind="code", address=f"a{number}@example.com", letter=LETTER, now=now)
    send_account_mails(now=now)
    assert sorted(AccountMail.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert set(AccountMail.objects.values_list("send_at", flat=True)) == {
        now + timedelta(minutes=1)
    }


@pytest.mark.req("MSG-13")
def test_a_letter_that_cannot_be_written_does_not_stop_the_others(mail, now):
    poisoned = sealed.keep(purpose="account-mail", content={"sentences": [], "x": 1}, now=now)
    AccountMail.objects.create(
        kind="code",
        address="b@example.com",
        parcel_id=poisoned,
        message_id="<poison@example.org>",
        send_at=now - timedelta(minutes=1),
        created_at=now,
    )
    send_account_mails(now=now)
    mail.refresh_from_db()
    assert mail.reason == Reason.HANDED_OVER
    assert AccountMail.objects.get(address="b@example.com").reason == Reason.QUEUED
