"""Blackening: no address, number or secret leaves in a log line, an audit detail or a kept error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

BLACK: Final = "[redacted]"
# What the name of a value gives away. Matched as a whole word of the name: `client_email`, `X-Api-Key`.
_SECRET_NAMES: Final = frozenset(
    [
        "address",
        "authorization",
        "body",
        "cookie",
        "csrfmiddlewaretoken",
        "email",
        "key",
        "name",
        "notes",
        "passphrase",
        "password",
        "phone",
        "secret",
        "sessionid",
        "sms",
        "token",
    ]
)
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# One pass, first match wins: ids and times are recognised so that they are *kept*, not taken for a telephone.
_PATTERN: Final = re.compile(
    r"""
    (?P<keep>
        \b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b
      | \b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)
      | \b\d{1,3}(?:\.\d{1,3}){3}\b(?!\d)
      | (?<![\w-])(?:[A-Z][a-z]{2,})+(?![\w-])  # CamelCase: the name of a class
    )
  | (?P<url>(?<=://)[^/\s:@]+:[^/\s@]+(?=@))
  | (?P<email>[^\s"'<>,;:()=\[\]{}/\\]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)*)
  | (?P<token>(?<![\w/.-])clk?[a-z]*_[A-Za-z0-9_-]{16,}
      | (?<![\w-])(?=[A-Z\d_-]*[a-z])(?=[a-z\d_-]*[A-Z])[A-Za-z0-9_-]{20,}(?![\w-])
      | (?<![\w-])[0-9a-f]{32,}(?![\w-]))
  | (?P<phone>(?<![\w.-])(?<!\d:)(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){6,14}(?![\w:-]))
    """,
    re.VERBOSE,
)


def redact(text: str) -> str:
    """Return the text with addresses, telephone numbers and tokens blackened; UUIDs, times and IPs stay. Pure."""
    return _PATTERN.sub(lambda found: found[0] if found["keep"] else BLACK, text)


def redact_value(value: object, *, name: str = "") -> Any:  # noqa: ANN401 -- the same kind of value comes back
    """Return the value with everything personal or secret blackened, by its name or by its look. Pure.

    Goes into mappings and lists; numbers and other values pass through.
    """
    if name and _is_secret(name) and value not in (None, "", True, False):
        return BLACK
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {str(key): redact_value(part, name=str(key)) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [redact_value(part) for part in value]
    return value


def describe_error(error: BaseException, *, limit: int = 500) -> str:
    """Return the error in one redacted line, such as `ValueError: …`, at most `limit` characters. Pure."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return redact(text)[:limit]


def _is_secret(name: str) -> bool:
    return any(word.lower() in _SECRET_NAMES for word in _WORDS.findall(name))
