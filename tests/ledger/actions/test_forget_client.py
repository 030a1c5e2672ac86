"""What staff typed about a person leaves the books; the sums stay."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW, STAFF

from clientela.catalogue.models import Package
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.ledger.actions.forget_client import forget_client
from clientela.ledger.models import Method, Movement, Payment, Sale
from clientela.people.models import Client
from clientela.platform.audit import history

pytestmark = pytest.mark.django_db


def test_notes_and_reasons_go_and_sums_stay(client_card: Client, package: Package) -> None:
    sale = factories.sell(client_card, package)
    take_payment(sale=sale, method=Method.CASH, amount_minor=100, note="limps", by=STAFF, now=NOW)
    void_sale(sale=sale, because="moves to Ana's mother", by=STAFF, now=NOW)
    before = list(Movement.objects.order_by("pk").values_list())
    for _ in range(2):
        forget_client(card=client_card, now=NOW)
    assert set(Payment.objects.values_list("note", flat=True)) == {""}
    assert Sale.objects.get().voided_because == ""
    assert "mother" not in str(list(history(subject=sale).values_list()))
    assert list(Movement.objects.order_by("pk").values_list()) == before


def test_nobody_else_is_forgotten(client_card: Client, package: Package) -> None:
    other = factories.make_client(client_card.business, "Luz", "luz@example.com")
    sale = factories.sell(other, package)
    take_payment(sale=sale, method=Method.CASH, amount_minor=100, note="stays", by=STAFF, now=NOW)
    forget_client(card=client_card, now=NOW)
    assert Payment.objects.get().note == "stays"
