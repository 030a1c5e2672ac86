"""What a test committed is gone before the next one, beneath the guards, and the guards stand whatever it did."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from tests import emptying, factories
from tests.factories import NOW

from clientela.platform import guards
from clientela.platform.actor import Actor
from clientela.platform.audit import AuditEvent, note
from clientela.platform.tenancy import system_scope

pytestmark = pytest.mark.django_db(transaction=True)


def full() -> list[str]:
    with connection.cursor() as cursor:
        return emptying.full_tables(connection, cursor)


def test_every_row_goes_also_those_that_nobody_may_remove() -> None:
    assert full() == []
    permissions = Permission.objects.count()
    with system_scope("a test"):
        factories.make_professional(factories.make_business())
    with transaction.atomic():
        note(action="a", subject=("tests.Thing", "1"), by=Actor.guest(), now=NOW)
    assert {AuditEvent._meta.db_table, "business_business", "business_professional"} <= set(full())
    assert emptying.emptied(connection)
    assert full() == []
    with system_scope("a test"):
        assert not AuditEvent.objects.exists()
    assert Permission.objects.count() == permissions > 0
    assert guards.verify(connection) == []


def test_a_guard_that_a_test_took_down_stands_again() -> None:
    table = AuditEvent._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER "{table}_append_only" ON "{table}"')
        else:
            cursor.execute(f'DROP TRIGGER "{table}_append_only_delete"')
    assert not emptying.emptied(connection)
    emptying.command("flush", verbosity=0, interactive=False, database="default")
    assert guards.verify(connection) == []
