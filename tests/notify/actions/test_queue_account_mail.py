"""Queueing a mail about a log-in: with the caller's transaction, its words sealed."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.models import AccountMail

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "canary-code-981"


def queue(now) -> AccountMail:
    letter = AccountLetter(
        language="en", subject="Code", headline="Code", sentences=(), why="", code=CANARY
    )
    return queue_account_mail(kind="code", address="ana@example.com", letter=letter, now=now)


def test_it_is_due_at_once_under_an_id_of_its_own(db, now):
    first, second = queue(now), queue(now)
    assert first.send_at == now
    assert first.message_id != second.message_id


@pytest.mark.req("INV-16")
def test_no_word_of_it_stands_readable_in_the_database(db, now):
    queue(now)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the names of our own tables
            assert CANARY not in str(cursor.fetchall()), table


def test_a_caller_that_fails_queues_nothing(db, now):
    def fail() -> None:
        with transaction.atomic():
            queue(now)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert AccountMail.objects.count() == 0
