"""The same INSERTs without the program: what B5 is held against.

``bench.capture_inserts`` notes what the bookings of so many strangers insert; ``replay`` sends that again over bare
connections, one transaction for each booking, nothing read, nothing decided.
"""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue
from typing import Any

Statement = tuple[bytes, tuple[Any, ...]]


def replay(url: str, bookings: list[list[Statement]], *, connections: int) -> float:
    """Send them over so many connections at once and return bookings per second."""
    import psycopg  # noqa: PLC0415 -- the peer needs nothing but the driver

    waiting: SimpleQueue[list[Statement]] = SimpleQueue()
    for booking in bookings:
        waiting.put(booking)
    gate = threading.Barrier(connections + 1)
    wrong: list[Exception] = []

    def write() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            gate.wait()
            try:
                while True:
                    statements = waiting.get_nowait()
                    with connection.transaction():
                        for sql, params in statements:
                            connection.execute(sql, params)
            except Empty:
                return
            except psycopg.Error as error:
                wrong.append(error)

    writers = [threading.Thread(target=write) for _ in range(connections)]
    for writer in writers:
        writer.start()
    gate.wait()
    began = time.perf_counter()
    for writer in writers:
        writer.join()
    lasted = time.perf_counter() - began
    if wrong:
        raise wrong[0]
    return len(bookings) / lasted
