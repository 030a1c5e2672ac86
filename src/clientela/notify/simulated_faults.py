"""What a simulated carrier was told to do wrong: ordered on the simulator's pages or by a test."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import F, Q

from clientela.notify.models import SimulatedFault

FAULTS: Final[dict[str, tuple[str, ...]]] = {
    "email": ("refuse", "later", "silent"),
    "sms": (
        "reject",
        "landline",
        "invalid",
        "filtered",
        "opted-out",
        "timeout-after-accept",
        "429",
        "500",
        "slow",
        "no-receipt",
        "lost-receipt",
    ),
    "push": ("gone", "later", "silent"),
}
"""The faults that can be ordered of each channel, by their words."""


def take_fault(*, channel: str, address: str) -> str:
    """Return the fault ordered for this address, or for all, and count it down; blank: nothing is to go wrong.

    The one for the address itself comes first, then the oldest. Ordered without a number it stays until it is lifted.
    """
    with transaction.atomic():
        ordered = SimulatedFault.objects.filter(
            Q(address=address) | Q(address=""),
            Q(times__isnull=True) | Q(times__gt=0),
            channel=channel,
        )
        fault = ordered.order_by("-address", "created_at", "id").first()
        if fault is None:
            return ""
        counted = SimulatedFault.objects.filter(pk=fault.pk, times__gt=0)
        counted.update(times=F("times") - 1)  # writes: it stands in the carrier's place
        return fault.fault
