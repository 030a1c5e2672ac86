"""What stands under a log-in afterwards: the card once, its proved addresses, and nothing of the welcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, STAFF, make_client
from tests.people.persons import person

from clientela.business.models import Business
from clientela.people.actions.attach_card import attach_card
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.errors import CannotTakeUp
from clientela.people.models import Identifier

LATER = NOW + timedelta(days=3)


def test_a_card_is_attached_once_and_its_welcome_ends(business: Business, scope: None) -> None:
    card = make_client(business, phones=["+34600112233"])
    send_welcome(client=card, by=STAFF, now=NOW)
    account, other = person(), person("other@example.com")
    emails = ["ana@example.com"]
    attach_card(card=card, account=account, emails=emails, because="said-so", by=STAFF, now=LATER)
    assert (card.account, card.welcome_digest, card.is_provisional) == (account, "", False)
    assert [one.verified_at for one in Identifier.objects.order_by("kind")] == [LATER, None]
    with pytest.raises(CannotTakeUp):
        attach_card(card=card, account=other, emails=emails, because="said-so", by=STAFF, now=LATER)
    card.refresh_from_db()
    assert card.account == account
