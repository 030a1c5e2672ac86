"""Tell the simulators what to do wrong, and lift it again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.notify.errors import FaultUnknown
from clientela.notify.models import SimulatedFault
from clientela.notify.simulated_faults import FAULTS

MOST_TIMES: Final = 10_000


def order_fault(
    *, channel: str, fault: str, address: str = "", times: int | None = None, now: datetime
) -> SimulatedFault:
    """Order a fault for an address (blank: for all), so many times, or until it is lifted. Refuses ``FaultUnknown``."""
    if fault not in FAULTS.get(channel, ()):
        raise FaultUnknown(field="fault")
    if times is not None and not 1 <= times <= MOST_TIMES:
        raise FaultUnknown(field="times")
    return SimulatedFault.objects.create(
        channel=channel, fault=fault, address=address.strip()[:254], times=times, created_at=now
    )


def lift_fault(*, fault_id: UUID) -> bool:
    """Take an order back; False when there is none such."""
    return bool(SimulatedFault.objects.filter(pk=fault_id).delete()[0])
