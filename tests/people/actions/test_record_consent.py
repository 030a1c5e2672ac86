"""A statement names the words it was given for, and whose log-in spoke, if it was the person."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.factories import NOW, STAFF

from clientela.people.actions.record_consent import record_consent
from clientela.people.consent_text import VERSION
from clientela.people.models import Client, How, NotifyBy
from clientela.platform.actor import Actor

ANA = UUID(int=9)


@pytest.mark.parametrize(
    ("by", "whose"), [(Actor.client(ANA), ANA), (STAFF, None), (Actor.guest(), None)]
)
def test_a_consent_keeps_its_words_and_whose_it_was(
    client_card: Client, by: Actor, whose: UUID | None
) -> None:
    said = record_consent(
        client=client_card, notify_by=NotifyBy.NONE, how=How.STOP_LINK, by=by, now=NOW
    )
    said.refresh_from_db()
    assert (said.text_version, said.account_id, said.at) == (VERSION, whose, NOW)
