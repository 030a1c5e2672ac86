"""The one place that asks name servers: the text records of a name, within seconds, or that nobody answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import dns.exception
import dns.resolver

TextRecords = Callable[[str], tuple[str, ...] | None]
"""Returns the records of a name: none is ``()``, no answer is ``None``."""

_SECONDS: Final = 3.0


def text_records(name: str) -> tuple[str, ...] | None:
    """Ask this computer's name servers. Never raises: a name that cannot be asked for has no answer."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    return tuple(
        b"".join(row.strings).decode("utf-8", "replace")
        for row in answer
        if hasattr(row, "strings")
    )
