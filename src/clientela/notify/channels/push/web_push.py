"""Handing pushes to the services of the browsers, device by device, within a time that is ours to set."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from clientela.notify.channels import Result
from clientela.notify.channels.push.answers import Fate, fate_of, sum_up
from clientela.notify.channels.push.encrypted import encrypt, headers
from clientela.notify.channels.push.parcel import Device, Parcel
from clientela.notify.models import Outcome, PushDevice
from clientela.notify.queries.push_keys import private_push_key
from clientela.platform.failpoints import failpoint
from clientela.platform.outside import NotPublic, Silence, call

ANSWER_SECONDS: Final = 6.0
# Then the devices that are left are not asked any more: others wait.
PATIENCE_SECONDS: Final = 15.0


class Session:
    """A way out to the push services; the installation's key is opened once."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._key = ""

    def __enter__(self) -> Self:
        """Nothing to connect: each service is another one."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to let go."""

    def hand_over(self, parcel: Parcel, *, now: datetime) -> Result:
        """Give the push to the service of each device; forget devices that their service says are gone."""
        self._key = self._key or private_push_key()
        if not self._key:
            return Result(Outcome.RETRY, code="no-key", is_unreachable=True)
        fates = []
        for device, fate, code in self._each(parcel):
            fates.append((fate, code))
            _note(device, fate, now)
        return sum_up(fates)

    def _each(self, parcel: Parcel) -> Iterator[tuple[Device, Fate, str]]:
        until = time.monotonic() + PATIENCE_SECONDS
        for device in parcel.devices:
            if time.monotonic() > until:
                return
            yield device, *self._send(parcel, device)

    def _send(self, parcel: Parcel, device: Device) -> tuple[Fate, str]:
        address = device.address
        failpoint("notify.push.before-hand-over")
        try:
            answer = call(
                url=address.endpoint,
                headers=headers(parcel, address=address, private_key=self._key),
                body=encrypt(parcel.payload, address=address),
                answer_seconds=ANSWER_SECONDS,
            )
        except NotPublic:
            return Fate.REFUSED, "not-public"
        except Silence as silence:
            fate = Fate.SILENT if silence.may_have_arrived else Fate.NOT_REACHED
            return fate, str(silence)[:20]
        failpoint("notify.push.after-hand-over")
        return fate_of(answer.status), str(answer.status)


def _note(device: Device, fate: Fate, now: datetime) -> None:
    """Remember of a device what its service said; where nothing was said it stays as it is."""
    row = PushDevice.objects.filter(pk=device.id, ended_at__isnull=True)
    if fate is Fate.TAKEN:
        row.update(used_at=now)  # writes: the service's answer about the device itself
    elif fate is Fate.GONE:
        row.update(ended_at=now, sealed="")  # writes: likewise; nothing is left to reach it by
