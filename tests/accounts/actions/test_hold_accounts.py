"""Accounts are held as they are now."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.factories import make_account

from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.models import Account
from clientela.platform.ids import uuid7

pytestmark = pytest.mark.django_db


def test_what_is_returned_is_what_stands_now_and_who_is_gone_is_missing() -> None:
    ana, luis = make_account("ana@example.com", "Ana"), make_account("luis@example.com", "Luis")
    Account.objects.filter(pk=ana.pk).update(name="Ana Prueba")
    gone = uuid7()
    with transaction.atomic():
        held = hold_accounts(ids={ana.pk, luis.pk, gone}, address="other@example.com")
    assert set(held) == {ana.pk, luis.pk}
    assert held[ana.pk].name == "Ana Prueba"
