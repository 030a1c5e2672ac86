"""Movements are sealed in chains, one per business; a changed one shows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from tests import factories
from tests.ledger import shop
from tests.ledger.shop import NOW

from clientela.business.models import Business
from clientela.ledger.actions import seal_movements as module
from clientela.ledger.actions.seal_movements import seal_movements
from clientela.ledger.jobs import seal
from clientela.ledger.models import Movement, Sale, Seal, SealedMovement
from clientela.ledger.seal_text import digest, line
from clientela.platform.guards import taken_down
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope, system_scope


def sealed_of(one: Seal) -> list[Movement]:
    return [place.movement for place in one.places.order_by("place").select_related("movement")]


def test_every_movement_gets_its_place_once(sale: Sale) -> None:
    assert seal(NOW) == 3
    assert seal(NOW) == 0
    shop.pay(sale, 100)
    assert seal(NOW + timedelta(minutes=1)) == 1
    first, second = Seal.objects.order_by("number")
    assert (first.number, first.previous, first.movements) == (1, "", 3)
    assert (second.number, second.previous, second.movements) == (2, first.digest, 1)
    for one in (first, second):
        assert digest(one.previous, sealed_of(one)) == one.digest
    assert list(SealedMovement.objects.order_by("seal__number", "place").values_list("place")) == [
        (1,),
        (2,),
        (3,),
        (1,),
    ]


def test_each_business_has_a_chain_of_its_own(sale: Sale, next_door: Business) -> None:
    with business_scope(next_door.pk):
        theirs = shop.sell(
            factories.make_client(next_door, "Otra Persona", "otra@example.org"),
            None,
            kind="fee",
            name="Missed",
            credits=0,
            services=[],
            price_minor=1500,
            tax_basis_points=0,
        )
    assert seal(NOW) == 4
    with system_scope("test"):
        assert dict(Seal.objects.values_list("business_id", "movements")) == {
            sale.business_id: 3,
            theirs.business_id: 1,
        }
        assert set(Seal.objects.values_list("number", flat=True)) == {1}


def test_batches_follow_one_another(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    shop.pay(sale, 100)
    assert [seal(NOW), seal(NOW), seal(NOW)] == [2, 2, 0]
    assert list(Seal.objects.order_by("number").values_list("number", "movements")) == [
        (1, 2),
        (2, 2),
    ]


def test_a_movement_that_was_committed_late_is_still_sealed(sale: Sale) -> None:
    late = Movement.objects.order_by("pk").first()
    assert late is not None
    shop.pay(sale, 100)
    seal(NOW)
    for hours, found in ((23, 1), (25, 0)):
        milliseconds = (uuid7().int >> 80) - hours * 3_600_000
        Movement.objects.bulk_create(
            [
                Movement(
                    pk=UUID(int=(milliseconds << 80) | hours),
                    business_id=late.business_id,
                    from_account_id=late.from_account_id,
                    to_account_id=late.to_account_id,
                    unit=late.unit,
                    amount=1,
                    cause=f"late:{hours}",
                    happened_on=shop.TODAY,
                    recorded_at=NOW,
                )
            ]
        )
        assert seal_movements(now=NOW) == found


@pytest.mark.req("INV-6", "PAY-10")
def test_a_changed_movement_no_longer_matches_its_seal(sale: Sale) -> None:
    seal(NOW)
    one = Seal.objects.get()
    assert digest(one.previous, sealed_of(one)) == one.digest
    with taken_down("append-only.ledger_movement", why="negative control: a seal shows it"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_movement SET amount = amount + 1")
        assert digest(one.previous, sealed_of(one)) != one.digest


def test_the_line_of_a_movement_never_changes() -> None:
    """These words are in every chain that stands."""
    movement = Movement(
        pk=UUID(int=1),
        business_id=UUID(int=2),
        from_account_id=UUID(int=3),
        to_account_id=UUID(int=4),
        unit="EUR",
        amount=5,
        cause="sale:é",
        happened_on=shop.TODAY,
        recorded_at=NOW,
    )
    ids = [f'"{UUID(int=number).hex}"' for number in (1, 2, 3, 4)]
    assert line(movement) == (
        f'[{",".join(ids)},"EUR",5,"sale:\\u00e9","2026-11-23","2026-11-23T07:00:00.000000"]'
    )
