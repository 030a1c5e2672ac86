"""Claiming: a person who proved a mailbox finds the cards that are plainly theirs, and no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import GUEST, NOW
from tests.people.persons import person

from clientela.business.models import Business
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.models import Client, Identifier
from clientela.people.queries.own_cards import own_cards
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import account_scope, business_scope, system_scope

LATER = NOW + timedelta(days=3)


def guest(business: Business, name: str = "Ana Prueba", email: str = "ana@example.com") -> Client:
    with business_scope(business.pk):
        return find_or_register_guest(
            business=business, name=name, email=email, phone="", language="es", by=GUEST, now=NOW
        )


def everything() -> list[tuple[object, ...]]:
    with system_scope("the test looks at every row"):
        return [
            *Client.objects.order_by("id").values_list(),
            *Identifier.objects.order_by("id").values_list(),
        ]


@pytest.mark.req("L16")
def test_whoever_proves_a_mailbox_finds_the_cards_of_every_business(
    business: Business, next_door: Business
) -> None:
    ours, theirs = guest(business, "ana PRUEBA"), guest(next_door)
    account = person()
    assert {card.pk for card in claim_cards(account=account, now=LATER)} == {ours.pk, theirs.pk}
    with account_scope(account.pk):
        assert [card.pk for card in own_cards(account_id=account.pk)] == sorted(
            [ours.pk, theirs.pk],
            key=lambda pk: {ours.pk: business.name, theirs.pk: next_door.name}[pk],
        )
        contact = Identifier.objects.get(client=ours)
    assert contact.verified_at == LATER
    assert claim_cards(account=account, now=LATER) == []
    assert AuditEvent.objects.filter(action="card-claimed").count() == 2
