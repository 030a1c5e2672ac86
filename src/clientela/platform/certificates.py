"""Looking at an ``https`` address as a browser does: is its certificate believed, until when, and what is its clock.

Nothing here waits longer than three seconds for one thing.
"""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 3.0
HTTPS_PORT: Final = 443


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server showed: when its certificate ends, and what its clock said, if it said so."""

    expires_at: datetime
    date: datetime | None


def look_at(url: str) -> Seen:
    """Ask an ``https`` address for its headers. Raises ``ssl.SSLCertVerificationError``, or another ``OSError``."""
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(
        parts.hostname or "", parts.port or HTTPS_PORT, timeout=SECONDS
    )
    try:
        connection.connect()
        expires_at = _expiry(connection.sock)
        connection.request("HEAD", parts.path or "/")
        return Seen(expires_at, date_of(connection.getresponse().getheader("Date")))
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()


def _expiry(sock: object) -> datetime:
    certificate = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not certificate:
        raise OSError("no certificate was shown")
    seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return datetime.fromtimestamp(seconds, tz=UTC)


def date_of(header: str | None) -> datetime | None:
    """Read a ``Date`` header; None when there is none, or it is none."""
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
