"""The lock of a client's credits: with it the card is kept, so that a merge waits before it, and not in a ring."""

from __future__ import annotations

import os

import pytest
from django.db import connection, transaction
from tests import factories

from clientela.business.models import Business
from clientela.ledger.locks import lock_credits, lock_credits_of
from clientela.people.models import Client
from clientela.platform.database import OutsideTransactionError
from clientela.platform.tenancy import business_scope


@pytest.fixture
def business(transactional_db: None) -> Business:
    return factories.make_business()


def is_free(card: Client, strength: str) -> bool:
    """Whether another connection gets the card's row at once, locked so strongly."""
    import psycopg  # noqa: PLC0415 -- only a run with PostgreSQL needs the driver

    name = connection.settings_dict["NAME"]
    server = os.environ["CLIENTELA_TEST_POSTGRES_URL"].rsplit("/", 1)[0]
    asked = f"SELECT 1 FROM people_client WHERE id = %s FOR {strength} NOWAIT"  # noqa: S608 -- words of ours
    with psycopg.connect(f"{server}/{name}") as other:
        try:
            other.execute(asked.encode(), [card.pk])
        except psycopg.errors.LockNotAvailable:
            return False
        return True


@pytest.mark.postgres
def test_whoever_holds_the_credits_keeps_the_card_from_being_joined_or_erased(
    business: Business,
) -> None:
    with business_scope(business.pk):
        cards = [factories.make_client(business, name) for name in ("Ana", "Bea", "Cleo")]
        with transaction.atomic():
            lock_credits(cards[0].pk)
            lock_credits_of(client_ids=[cards[1].pk])
            assert [is_free(card, "UPDATE") for card in cards] == [False, False, True]
            # Who books for the card, or changes what is written on it, need not wait.
            assert all(is_free(card, "NO KEY UPDATE") for card in cards)
        assert all(is_free(card, "UPDATE") for card in cards)


def test_credits_are_locked_inside_a_transaction_only(business: Business) -> None:
    with business_scope(business.pk):
        card = factories.make_client(business, "Ana")
        with pytest.raises(OutsideTransactionError):
            lock_credits(card.pk)
