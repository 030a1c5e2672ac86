"""What the texts of each business have cost this month, of what they may cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientela.notify.models import TextGateway, TextSpend
from clientela.notify.text_budget import month_of

_FULL = 100


@dataclass(frozen=True, slots=True)
class Spend:
    """One business's month, in minor units of its currency."""

    business: str
    spent_minor: int
    cap_minor: int
    currency: str

    @property
    def per_cent(self) -> int:
        """How much of the cap is gone; a cap of nothing is full."""
        return _FULL * self.spent_minor // self.cap_minor if self.cap_minor else _FULL


def text_spends(*, now: datetime, limit: int = 50) -> list[Spend]:
    """Return those with an open gateway in the scope, by name; two queries."""
    gateways = TextGateway.objects.filter(ended_at__isnull=True).select_related("business")
    spent = dict(
        TextSpend.objects.filter(month=month_of(now)).values_list("business_id", "spent_minor")
    )
    return [
        Spend(
            business=one.business.name,
            spent_minor=spent.get(one.business_id, 0),
            cap_minor=one.cap_minor,
            currency=one.currency,
        )
        for one in gateways.order_by("business__name", "id")[:limit]
    ]
