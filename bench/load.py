"""A load from one process over plain sockets: kept-alive connections, each asking again when answered.

It reads only what it needs of HTTP/1.1 (status, Content-Length), so that it costs the machine little.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What came of a load: seconds per answer, and how often each status was answered."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.seconds) / self.lasted if self.lasted else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        """Milliseconds of the middle answer."""
        return 1000 * statistics.median(self.seconds)


def get(path: str) -> bytes:
    """The bytes of a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n".encode()


def post(path: str, body: bytes, **headers: str) -> bytes:
    """The bytes of a JSON POST."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"{more}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bytes]:
    """Send one request and read one answer."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            length = int(line[15:])
    return status, await reader.readexactly(length) if length else b""


async def _keep_asking(port: int, requests: Iterator[bytes], until: float, into: Measured) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    for request in requests:
        began = time.perf_counter()
        if began >= until:
            break
        status, _ = await ask(reader, writer, request)
        into.seconds.append(time.perf_counter() - began)
        into.statuses[status] = into.statuses.get(status, 0) + 1
    writer.close()


def load(port: int, streams: list[Iterator[bytes]], *, seconds: float) -> Measured:
    """Let each stream of requests run on a connection of its own for so long."""
    measured = Measured()

    async def run() -> None:
        began = time.perf_counter()
        until = began + seconds
        await asyncio.gather(*(_keep_asking(port, one, until, measured) for one in streams))
        measured.lasted = time.perf_counter() - began

    asyncio.run(run())
    return measured
