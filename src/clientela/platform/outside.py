"""Calls to addresses that other people typed: only to public ones, bounded in time and size, never led elsewhere.

Who gives us an address to call could name one inside our own network. The name is looked up once, when the connection
is made, and what is connected to is the very address that was judged: a name that means something else a
moment later gains nothing. No redirect is followed, no proxy of the environment used.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import httpcore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Answer", "NotPublic", "Silence", "call"]

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 10.0
MOST_BYTES: Final = 64 * 1024
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(ConnectionError):
    """The address is not one that everybody can reach: nothing was sent."""


class Silence(ConnectionError):
    """There was no answer. ``may_have_arrived``: the request had begun to leave."""

    def __init__(self, words: str, *, may_have_arrived: bool) -> None:
        """Keep what went wrong, without addresses."""
        super().__init__(words)
        self.may_have_arrived = may_have_arrived


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers in small letters, the first 64 kB of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def call(
    *,
    method: str = "POST",
    url: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    may_be_private: bool = False,
    answer_seconds: float = ANSWER_SECONDS,
) -> Answer:
    """Make one request and return the answer, whatever its status; a redirect is an answer like others.

    Raises ``NotPublic`` where the address is none that everybody can reach, unless ``may_be_private`` (a demo's
    own gateway); ``Silence`` where no answer came.
    """
    limits = {
        "connect": CONNECT_SECONDS,
        "pool": CONNECT_SECONDS,
        "read": answer_seconds,
        "write": answer_seconds,
    }
    backend = httpcore.SyncBackend() if may_be_private else _PublicOnly()
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_trust(), network_backend=backend, retries=0
            ) as pool,
            pool.stream(
                method,
                url,
                headers=list(headers.items()),
                content=body,
                extensions={"timeout": limits},
            ) as answer,
        ):
            return Answer(
                status=answer.status,
                headers={
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in answer.headers
                },
                body=_first(answer.iter_stream(), until=time.monotonic() + answer_seconds),
            )
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.UnsupportedProtocol) as error:
        raise Silence(type(error).__name__, may_have_arrived=False) from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Silence(type(error).__name__, may_have_arrived=True) from error


class _PublicOnly(httpcore.SyncBackend):
    """Connects to the address that was judged, and to no other."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up once and refuse unless all it stands for is public."""
        return super().connect_tcp(
            _public_address(host, port), port, timeout, local_address, socket_options
        )


def _public_address(host: str, port: int) -> str:
    """Return the first address of a name; refuses when any of its addresses is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not all(is_public(one) for one in addresses):
        message = "an address that is not public"
        raise NotPublic(message)
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether everybody could reach a numeric address; one that hides another inside is not believed."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv6Address) and (
        read.ipv4_mapped or read.sixtofour or read.teredo or read in _NAT64
    ):
        return False
    return read.is_global and not read.is_multicast


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _first(parts: Iterable[bytes], *, until: float) -> bytes:
    """Read no more than the limits of size and time; the rest is left unread. The status is known already."""
    kept = b""
    for part in parts:
        kept += part
        if len(kept) >= MOST_BYTES or time.monotonic() > until:
            break
    return kept[:MOST_BYTES]
