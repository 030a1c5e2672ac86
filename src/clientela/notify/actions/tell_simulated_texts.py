"""The simulated carrier tells what became of texts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.channels.sms.outward import may_reach_inside
from clientela.notify.channels.sms.simulator import DUE, SLOW, name_of
from clientela.notify.models import GatewayName, ReceiptKind, SimulatedText, TextGateway
from clientela.notify.news import News
from clientela.platform.tenancy import business_scope, system_scope

BATCH: Final = 100
SLOW_AFTER: Final = timedelta(minutes=10)


def tell_simulated_texts(*, now: datetime) -> int:
    """Tell what is due to be told of simulated texts; return of how many. Nothing outside a demo or a test."""
    if not may_reach_inside():
        return 0
    with system_scope("what the simulated carrier tells"):
        rows = [
            *SimulatedText.objects.filter(state__startswith=DUE).order_by("at", "id")[:BATCH],
            *SimulatedText.objects.filter(state__startswith=SLOW, at__lte=now - SLOW_AFTER)[:BATCH],
        ]
        for row in rows:
            _tell(row, now)
    return len(rows)


def _tell(row: SimulatedText, now: datetime) -> None:
    kind = ReceiptKind(row.state.removeprefix(DUE).removeprefix(SLOW))
    gateway_id, _, reference = row.key.partition(":")
    gateway = TextGateway.objects.filter(pk=gateway_id).first()
    if gateway is not None:
        with business_scope(gateway.business_id):
            apply_receipt(
                news=News(
                    provider=GatewayName.SIMULATOR,
                    key=f"{row.pk}:{kind}",
                    kind=kind,
                    at=now,
                    provider_id=name_of(row),
                    message_pk=UUID(reference),
                    business_id=gateway.business_id,
                ),
                now=now,
            )
    SimulatedText.objects.filter(pk=row.pk, state=row.state).update(state=kind.value)
