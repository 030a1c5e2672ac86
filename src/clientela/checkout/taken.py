"""Money that was handed over: what is said of it when it is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clientela.ledger.models import Method


@dataclass(frozen=True, slots=True)
class Taken:
    """``amount_minor`` of the sale's currency by ``method``, on the local day ``paid_on`` (none: today).

    Online money carries its ``provider`` and the provider's reference of it: it has arrived.
    """

    method: Method
    amount_minor: int
    paid_on: date | None = None
    note: str = ""
    provider: str = ""
    provider_ref: str = ""

    @property
    def is_online(self) -> bool:
        """Whether a provider says that it came."""
        return self.method == Method.ONLINE and bool(self.provider_ref)
