"""Nobody's mailbox can be flooded through us: five in an hour, twenty in a day, over all paths together."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.platform.installations import Installed

from clientela.booking import events
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.actions.send_due import send_due
from clientela.notify.mail_budget import (
    KEPT_FOR_NOTICES,
    PER_DAY,
    PER_HOUR,
    Spending,
    refund,
    spend,
)
from clientela.notify.models import AccountMail, Message, Reason, SimulatedMail
from clientela.people.models import Identifier

VICTIM = "ana@example.com"
KINDS = ("login_code", "password_reset_key", "sign_up_proof", "welcome", "address_proof")
LETTER = AccountLetter(language="en", subject="x", headline="x", sentences=(), why="")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.migrated(tmp_path_factory.mktemp("budget"))


def spent(now, *, times: int = 1, address: str = VICTIM, is_notice: bool = False) -> int:
    return sum(
        spend(spendings=[Spending(address, is_notice=is_notice)], now=now)[0] for _ in range(times)
    )


def received() -> int:
    return SimulatedMail.objects.filter(address=VICTIM).count()


@pytest.fixture
def bomb(make_appointment, tell):
    """Give a function that does once whatever a stranger can do to make us write to the victim."""

    def act(at) -> None:
        tell(events.AppointmentBooked, make_appointment())
        for kind in KINDS:
            queue_account_mail(kind=kind, address=VICTIM, letter=LETTER, now=at)
        while send_due(now=at) or send_account_mails(now=at):
            pass

    return act


@pytest.mark.req("ABU-01")
@pytest.mark.django_db(transaction=True)
def test_all_paths_together_bring_five_mails_in_an_hour_and_sixteen_in_a_day(bomb, now):
    for _ in range(4):
        bomb(now)
    assert received() == PER_HOUR
    for hours in range(1, 7):
        before = received()
        bomb(now + timedelta(hours=hours * 1.1))
        assert received() - before <= PER_HOUR
    assert received() == PER_DAY - KEPT_FOR_NOTICES
    # What did not leave says why, and nothing waits.
    held = AccountMail.objects.exclude(reason=Reason.HANDED_OVER)
    assert set(held.values_list("reason", flat=True)) == {Reason.POLICY_GATE}
    settled = Message.objects.filter(recipient="client", settled_at__isnull=False)
    mine = settled.filter(channel="email").exclude(reason=Reason.HANDED_OVER)
    assert set(mine.values_list("reason", flat=True)) == {Reason.POLICY_GATE}


@pytest.mark.req("ABU-01")
@pytest.mark.django_db(transaction=True)
def test_a_notice_to_the_owner_passes_a_full_hour_and_a_flooded_day_but_not_its_end(bomb, now):
    for hours in range(5):
        bomb(now + timedelta(hours=hours * 1.1))
    late = now + timedelta(hours=5)
    assert received() == PER_DAY - KEPT_FOR_NOTICES
    for _ in range(KEPT_FOR_NOTICES + 3):
        queue_account_mail(kind="address_changed", address=VICTIM, letter=LETTER, now=late)
    while send_account_mails(now=late):
        pass
    assert received() == PER_DAY


@pytest.mark.django_db(transaction=True)
def test_what_the_staff_send_and_what_staff_receive_is_not_counted(make_appointment, tell, now):
    Identifier.objects.update(verified_at=now)
    for _ in range(PER_HOUR + 2):
        tell(events.AppointmentBooked, make_appointment(), by="staff")
    for _ in range(PER_HOUR + 2):
        tell(events.AppointmentBooked, make_appointment())
    while send_due(now=now):
        pass
    assert SimulatedMail.objects.filter(address="irene@example.org").count() == PER_HOUR + 2
    assert received() == PER_HOUR + 2 + PER_HOUR


@pytest.mark.django_db(transaction=True)
def test_a_second_copy_and_a_second_try_count_once(appointment, tell, sink, now):
    sink.behaviours = ["451", "451"]
    tell(events.AppointmentBooked, appointment, by="guest")
    for minutes in (0, 2, 6):
        send_due(now=now + timedelta(minutes=minutes))
    assert spent(now, times=PER_HOUR) == PER_HOUR - 1


@pytest.mark.django_db
def test_a_plus_sign_makes_no_other_mailbox_and_another_mailbox_has_its_own_budget(now):
    assert spent(now, times=PER_HOUR, address="Ana+one@Example.com") == PER_HOUR
    assert spent(now, address="ana+two@example.com") == 0
    assert spent(now, address="ana@example.org") == 1


@pytest.mark.django_db
def test_the_hour_passes(now):
    assert spent(now, times=PER_HOUR + 1) == PER_HOUR
    assert spent(now + timedelta(minutes=66)) == 1


@pytest.mark.django_db
def test_what_never_left_is_taken_off_again(now):
    assert spent(now, times=PER_HOUR) == PER_HOUR
    refund(spendings=[Spending(VICTIM)], now=now)
    assert spent(now, times=2) == 1


@pytest.mark.req("ABU-05")
@pytest.mark.race
def test_parallel_senders_of_many_processes_pass_exactly_five(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "copy")
    senders = [here.start("-m", "tests.notify.probe", "spend", "8") for _ in range(4)]
    ends = [(one.communicate(timeout=120), one.returncode) for one in senders]
    assert [code for _, code in ends] == [0, 0, 0, 0], ends
    assert sum(int(out) for (out, _), _ in ends) == PER_HOUR


@pytest.mark.req("ABU-02")
@pytest.mark.race
def test_two_hundred_who_ask_at_once_spend_exactly_the_cap(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "copy")
    here.run("-m", "tests.notify.text_probe", "fill")
    asking = [
        here.start("-m", "tests.notify.text_probe", "spend", str(which), "50") for which in range(4)
    ]
    ends = [(process.communicate(timeout=120), process.returncode) for process in asking]
    assert [code for _, code in ends] == [0] * 4, ends
    passed = sum(int(out) for (out, _), _ in ends)
    spent = int(here.run("-m", "tests.notify.text_probe", "spent").split()[-1])
    assert (passed, spent) == (37, 37 * 8)  # 300 cents: 37 texts of 8, and 4 left over
