"""Reading what was pushed: bounded, as the bytes came."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

LONGEST: Final = 256 * 1024


def body_of(request: HttpRequest, *, longest: int = LONGEST) -> bytes | None:
    """Return the bytes; ``None`` for more than anything genuine has, which is not read at all."""
    said = request.headers.get("Content-Length", "0")
    if not said.isdecimal() or int(said[:12]) > longest:
        return None
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None
    return body if len(body) <= longest else None
