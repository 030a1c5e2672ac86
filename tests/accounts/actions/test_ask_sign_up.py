"""A wish for an account is taken down sealed, and decided later."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.factories import NOW

from clientela.accounts.actions.ask_sign_up import SignUp, ask_sign_up
from clientela.accounts.events import SignUpAsked
from clientela.accounts.models import Account
from clientela.platform import sealed
from clientela.platform.models import OutboxEvent, SealedPayload
from clientela.platform.outbox import read

pytestmark = pytest.mark.django_db
WISH = SignUp("01", "nina@example.com", "Nina", "a hash", "es", "Europe/Madrid", "/fisio-retiro/")


def test_the_wish_waits_sealed_and_the_event_names_nobody() -> None:
    ask_sign_up(wish=WISH, now=NOW)
    event = read(OutboxEvent.objects.get())
    assert isinstance(event, SignUpAsked)
    assert SignUp.of(event.parcel_id) == WISH
    with connection.cursor() as cursor:
        for table in (OutboxEvent, SealedPayload):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")  # noqa: S608 -- our own table
            assert "nina" not in repr(cursor.fetchall()).lower()
    assert not Account.objects.exists()


def test_a_wish_that_was_wiped_cannot_be_read() -> None:
    ask_sign_up(wish=WISH, now=NOW)
    event = read(OutboxEvent.objects.get())
    assert isinstance(event, SignUpAsked)
    assert sealed.wipe(event.parcel_id, now=NOW)
    with pytest.raises(sealed.Unreadable):
        SignUp.of(event.parcel_id)
