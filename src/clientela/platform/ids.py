"""Surrogate ids: UUIDv7, sorted by creation, strictly increasing within one process."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_COUNTER_BITS = 12
_COUNTER_MAX = (1 << _COUNTER_BITS) - 1
_VERSION = 0x7
_VARIANT = 0b10


class _Sequence:
    """The last (millisecond, counter) handed out, so that two ids never sort the wrong way round."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = 0
        self._counter = 0

    def next(self) -> tuple[int, int]:
        """Return the next pair; a clock that stands still or runs back only moves the counter on."""
        with self._lock:
            current = time.time_ns() // 1_000_000
            if current > self._millisecond:
                self._millisecond = current
                # Start in the lower half, so that 2,048 ids fit into the millisecond before it must be borrowed.
                self._counter = int.from_bytes(os.urandom(2)) & (_COUNTER_MAX >> 1)
            elif self._counter < _COUNTER_MAX:
                self._counter += 1
            else:
                self._millisecond += 1
                self._counter = 0
            return self._millisecond, self._counter


_sequence = _Sequence()


def uuid7() -> UUID:
    """Return a new UUIDv7 (RFC 9562): 48 bits of real time, a 12-bit counter, 62 random bits.

    The real clock is used even where `CLIENTELA_NOW` moves ours: an id orders rows, it tells no time.
    """
    millisecond, counter = _sequence.next()
    value = millisecond << 80
    value |= _VERSION << 76
    value |= counter << 64
    value |= _VARIANT << 62
    value |= int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=value)
