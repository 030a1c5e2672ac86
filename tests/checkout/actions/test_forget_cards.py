"""A removed card is forgotten at its provider: a day later, once, and however long the provider is silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.checkout.online import till
from tests.factories import NOW

from clientela.business.models import Business
from clientela.checkout.actions.forget_cards import AFTER, forget_cards
from clientela.checkout.actions.forget_client import forget_client
from clientela.checkout.models import KeptCard
from clientela.checkout.providers.port import Card, ProviderRefused, ProviderSilent
from clientela.checkout.providers.simulator import Simulator
from clientela.people.models import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(business: Business, scope: None, client_card: Client) -> KeptCard:
    return KeptCard.objects.create(
        business=business,
        client=client_card,
        provider_account=till.connect(business),
        customer_ref="customer",
        card_ref="card",
        brand="visa",
        last_digits="4242",
        expires_month=1,
        expires_year=2030,
        fee_minor=1000,
        currency="EUR",
        text_version="2026-11",
        agreed_at=NOW,
    )


def forgotten(monkeypatch: pytest.MonkeyPatch, answer: Exception | None = None) -> list[Card]:
    """Let the provider answer like that; return what it is asked to forget."""
    asked: list[Card] = []

    def forget(self: Simulator, card: Card, *, now: object) -> None:
        asked.append(card)
        if answer is not None:
            raise answer

    monkeypatch.setattr(Simulator, "forget_card", forget)
    return asked


def test_a_card_that_is_kept_is_left_alone(card: KeptCard, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = forgotten(monkeypatch)
    assert forget_cards(now=NOW + AFTER * 10) == 0
    assert asked == []


def test_a_removed_one_is_forgotten_a_day_later_and_once(
    card: KeptCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = forgotten(monkeypatch)
    forget_client(card=card.client, now=NOW)
    card.refresh_from_db()
    assert (card.removed_at, card.brand, card.last_digits, card.expires_year) == (
        NOW,
        "",
        "",
        None,
    )
    assert [
        forget_cards(now=NOW + wait) for wait in (AFTER - timedelta(seconds=1), AFTER, AFTER)
    ] == [0, 1, 0]
    assert asked == [Card(customer_ref="customer", card_ref="card")]
    card.refresh_from_db()
    assert (card.customer_ref, card.card_ref) == ("", "")


def test_a_silent_provider_is_asked_again_and_one_that_says_no_is_not(
    card: KeptCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeptCard.objects.update(removed_at=NOW)
    forgotten(monkeypatch, ProviderSilent())
    assert forget_cards(now=NOW + AFTER) == 0
    assert KeptCard.objects.get().card_ref == "card"
    forgotten(monkeypatch, ProviderRefused())
    assert forget_cards(now=NOW + AFTER) == 1
    assert KeptCard.objects.get().card_ref == ""
