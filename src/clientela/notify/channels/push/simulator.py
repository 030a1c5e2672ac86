"""The simulator: keeps what each device would have shown, for the page ``/simulator/pushes/``.

It stands where the push services would, and can be told to fail as they do (``simulated_faults.py``).
"""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Final, Self
from uuid import uuid5

from clientela.notify.channels import Result
from clientela.notify.channels.push.answers import Fate, sum_up
from clientela.notify.channels.push.parcel import Device, Parcel
from clientela.notify.models import PushDevice, SimulatedPush
from clientela.notify.simulated_faults import take_fault
from clientela.platform.failpoints import failpoint

_FATES: Final = {
    "gone": (Fate.GONE, "410"),
    "later": (Fate.LATER, "503"),
    "silent": (Fate.SILENT, "ReadTimeout"),
}


class Session:
    """Hands over to a table."""

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def hand_over(self, parcel: Parcel, *, now: datetime) -> Result:
        """Show the push on every device that was not told to fail."""
        return sum_up([self._show(parcel, device, now) for device in parcel.devices])

    def _show(self, parcel: Parcel, device: Device, now: datetime) -> tuple[Fate, str]:
        row = PushDevice.objects.filter(pk=device.id)
        owner = row.values_list("account__email", flat=True).first() or ""
        fault = take_fault(channel="push", address=owner)
        fate, code = _FATES.get(fault, (Fate.TAKEN, "201"))
        if fate is Fate.GONE:
            row.update(ended_at=now, sealed="")  # writes: as the real services' answer does
        if fate in {Fate.TAKEN, Fate.SILENT}:
            # The same push again takes the place of the first, as on a real device.
            SimulatedPush.objects.update_or_create(  # writes: it stands in a device's place
                pk=uuid5(device.id, parcel.tag),
                defaults={
                    "device_id": device.id,
                    "title": parcel.title,
                    "body": parcel.body,
                    "link": parcel.link[:300],
                    "at": now,
                },
            )
            failpoint("notify.push.after-hand-over")
        if fate is Fate.TAKEN:
            row.update(used_at=now)  # writes: as the real services' answer does
        return fate, code
