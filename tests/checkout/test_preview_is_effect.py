"""What a sale shows before is what it does: random sales, each into another mess of appointments and credits."""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from datetime import timedelta

import pytest
from django.db import transaction
from tests.checkout.histories import History, assert_kept
from tests.checkout.shop import visit
from tests.factories import STAFF

from clientela.booking.actions import credit
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.checkout.actions.sell import sell
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.ledger.models import Redemption, Sale
from clientela.people.models import Client
from clientela.rules.redemption import Planned, plan_redemptions
from clientela.rules.redemption_state import RedemptionState

SALES = 10_000 if os.environ.get("CLIENTELA_PROVE") == "1" else 60
HOURS = ("09:00", "10:30", "13:30", "16:15")
STATES = [RedemptionState.PENDING.value] * 3 + [RedemptionState.NONE.value]


@pytest.fixture
def mess(business: Business, scope: None) -> tuple[History, Client, list[Appointment]]:
    """A fortnight of appointments of one client, and none of the credits they need."""
    history = History.begun(business)
    client = history.card(0)
    rows = [
        visit(
            client,
            history.services[number % 3],
            f"2026-10-{13 + number // 2:02} {HOURS[number % 4]}",
            now=history.now,
        )
        for number in range(20)
        if number // 2 % 7 < 4
    ]
    return history, client, rows


def one_sale(
    draw: random.Random, history: History, client: Client, rows: list[Appointment]
) -> None:
    """Strew credits and states, then sell something, and compare with what was shown."""
    for row in rows:
        Appointment.objects.filter(pk=row.pk).update(redemption=draw.choice(STATES))
    today = history.now.date()
    for last in (False, False, True)[draw.randrange(3) :]:
        offer = history.offer(draw.randrange(6))
        applies_on = today + timedelta(days=draw.randrange(-6, 12))
        meant = [row for row in rows if row.service_id in offer.services]
        first = draw.choice(meant) if meant and draw.random() < 0.3 else None
        shown = preview_sale(client=client, offer=offer, applies_on=applies_on, first=first)
        before = set(
            Redemption.objects.filter(released_at__isnull=True).values_list("pk", flat=True)
        )
        sale = sell(
            business=history.business,
            client=client,
            offer=offer,
            applies_on=applies_on,
            appointment=first,
            expects=shown.digest,
            door="desk",
            by=STAFF,
            now=history.now,
        )
        assert_kept(shown, sale, before)
        if last:
            again = preview_sale(client=client, offer=offer, applies_on=applies_on)
            assert again.digest != shown.digest or not shown.redeems


@pytest.mark.slow
@pytest.mark.req("S1.23")
def test_preview_equals_effect(mess: tuple[History, Client, list[Appointment]]) -> None:
    print("seed 11")
    draw = random.Random(11)  # noqa: S311 -- not a secret
    redeemed = 0
    for _ in range(SALES):
        with transaction.atomic():
            one_sale(draw, *mess)
            redeemed += Redemption.objects.count()
            transaction.set_rollback(True)
    assert not Sale.objects.exists()
    print(f"{SALES} messes, {redeemed} credits redeemed as shown")
    assert redeemed > SALES


def test_an_effect_in_another_order_is_noticed(
    mess: tuple[History, Client, list[Appointment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the same rule, carried out from its end."""

    def backwards(**given: object) -> list[Planned]:
        return plan_redemptions(**given)[::-1]  # type: ignore[arg-type]  # passed on

    def some_sales() -> None:
        draw = random.Random(11)  # noqa: S311 -- not a secret
        for _ in range(5):
            with transaction.atomic():
                one_sale(draw, *mess)

    monkeypatch.setattr(credit, "plan_redemptions", backwards)
    with pytest.raises(AssertionError):
        some_sales()
