"""What is locked before a card is erased: all of it, also what was booked at that very moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests import factories
from tests.factories import NOW

from clientela.people import erasers
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope


@pytest.mark.django_db
def test_what_was_booked_between_the_locks_and_the_card_is_locked_before_the_card_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    business = factories.make_business()
    told = [{"one"}, {"one", "booked meanwhile"}, {"one", "booked meanwhile"}, {"one"}]
    locked: list[set[str]] = []

    def keys(*, card: Client, now: datetime) -> set[str]:
        return told.pop(0)

    def lock(*, keys: Any) -> None:
        locked.append(set(keys))

    monkeypatch.setattr(erasers, "_ahead", {"test": keys})
    monkeypatch.setattr(erasers, "lock", lock)
    with business_scope(business.pk):
        card = factories.make_client(business)
        assert erasers.hold_for_erasing(card=card, now=NOW) == card
    assert locked == [{"one"}, {"one", "booked meanwhile"}]
    assert told == [], "what was given back meanwhile need not be let go"
