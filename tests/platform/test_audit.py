"""The audit trail: complete, unchangeable, without personal data."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from clientela.platform import guards
from clientela.platform.actor import Actor
from clientela.platform.audit import AuditEvent, history, note
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import NoScope, account_scope, business_scope, system_scope

pytestmark = pytest.mark.django_db
CARD = ("people.Client", "7")


def test_a_line_says_who_did_what_to_whom_and_why(now) -> None:
    account, business = uuid7(), uuid7()
    note(
        action="cancel",
        subject=CARD,
        by=Actor.staff(account, "owner"),
        now=now,
        business_id=business,
        reason="asked\nby phone",
        details={"before": {"start": now, "seats": 2}, "ids": [account]},
    )
    line = AuditEvent.objects.values().get()
    line.pop("id")

    assert line == {
        "business_id": business,
        "actor_kind": "staff",
        "actor_id": account,
        "actor_role": "owner",
        "actor_label": "",
        "action": "cancel",
        "subject_type": "people.Client",
        "subject_id": "7",
        "reason": "asked by phone",
        "details": {"before": {"start": "2026-03-01T12:00:00Z", "seats": 2}, "ids": [str(account)]},
        "at": now,
    }


def test_what_is_personal_or_secret_is_blackened_before_it_is_written(now) -> None:
    details = {
        "email": "anna@example.org",
        "note": "call +34 600 111 222",
        "token": "clk_abcdefghijklmnopqrst",
    }
    note(
        action="edit",
        subject=CARD,
        by=Actor.guest(),
        now=now,
        reason="anna@example.org",
        details=details,
    )
    text = str(AuditEvent.objects.values().get())

    assert "anna" not in text
    assert "600" not in text
    assert "clk_" not in text


def test_a_row_is_a_subject_and_brings_its_business(now) -> None:
    row = AuditEvent(business_id=uuid7())
    line = note(action="look", subject=row, by=Actor.system("test"), now=now)

    assert (line.subject_type, line.subject_id, line.business_id) == (
        "platform.AuditEvent",
        str(row.pk),
        row.business_id,
    )


def test_a_history_shows_each_reader_only_what_is_theirs(now) -> None:
    mine, yours, me = uuid7(), uuid7(), uuid7()
    own = note(action="a", subject=CARD, by=Actor.staff(me, "owner"), now=now, business_id=mine)
    foreign = note(action="b", subject=CARD, by=Actor.guest(), now=now, business_id=yours)
    note(action="c", subject=("people.Client", "8"), by=Actor.guest(), now=now, business_id=mine)

    with business_scope(mine):
        assert list(history(subject=CARD)) == [own]
    with account_scope(me):
        assert list(history(subject=CARD)) == [own]
    with system_scope("test"):
        assert list(history(subject=CARD)) == [own, foreign]
    with pytest.raises(NoScope):
        history(subject=CARD)


@pytest.mark.parametrize(
    "attack", ["UPDATE platform_auditevent SET action = 'x'", "DELETE FROM platform_auditevent"]
)
def test_the_database_refuses_to_change_or_remove_a_line(now, attack) -> None:
    note(action="a", subject=CARD, by=Actor.guest(), now=now)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(attack)


@pytest.mark.parametrize(
    "attack", ["UPDATE platform_auditevent SET action = 'x'", "DELETE FROM platform_auditevent"]
)
def test_without_the_guard_the_same_attack_succeeds(now, attack) -> None:
    """Negative control."""
    note(action="a", subject=CARD, by=Actor.guest(), now=now)

    with guards.taken_down("append-only.platform_auditevent", why="negative control"):
        cursor = connection.cursor()
        cursor.execute(attack)
        assert cursor.rowcount == 1


def test_a_control_character_in_a_reason_neither_stops_the_act_nor_forges_a_line(now) -> None:
    line = note(
        action="tried",
        subject=("tests.Thing", "1"),
        by=Actor.system("a\x00job"),
        now=now,
        reason="late\x00\x07 bus\r\nand rain",
        details={"word": "a\x00b"},
    )
    line.refresh_from_db()
    assert (line.reason, line.actor_label, line.details) == (
        "late bus and rain",
        "ajob",
        {"word": "ab"},
    )
