"""A mail as bytes: headers through the standard library, bodies put together by hand.

The standard library's message object parses every header of every part again; for mails of one fixed shape that
is most of the work of writing them. Here only what people can influence goes through its structured headers,
which refuse line breaks and encode what is not ASCII; what recurs is remembered.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.policy import SMTP
from functools import lru_cache
from typing import Final

# Letters, figures and marks that mean nothing in a header, not longer than a line.
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ,.:;<>@/_+\-()'!?&%]{1,60}")


# An address of which every reading is the same: it needs no parser.
_PLAIN_ADDRESS: Final = re.compile(
    r"(?P<user>[A-Za-z0-9_+\-]+(?:\.[A-Za-z0-9_+\-]+)*)@(?P<domain>[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*)"
)


def mailbox(address: str, *, name: str = "") -> Address:
    """Return an address for a header. Raises what the standard library raises for one that is none."""
    plain = _PLAIN_ADDRESS.fullmatch(address)
    if plain is None:
        return Address(display_name=name, addr_spec=address)
    return Address(display_name=name, username=plain["user"], domain=plain["domain"])


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes along: its bytes, and its type with all parameters as they stand in the header."""

    content: bytes
    content_type: str
    name: str


def assemble(
    *,
    headers: Iterable[tuple[str, str | Address]],
    text: str,
    html: str,
    attachment: Attachment | None,
    boundary: str,
) -> bytes:
    """Return the mail: the words in two forms, and the file after them.

    ``boundary`` is a word of letters and figures that is this mail's alone. Raises ``ValueError`` for a header
    with a line break in it.
    """
    words = _alternative(text, html, f"=_{boundary}_words")
    parts = [b"".join(_header(name, value) for name, value in headers), b"MIME-Version: 1.0\r\n"]
    if attachment is None:
        return b"".join([*parts, words])
    outer = f"=_{boundary}_mail"
    return b"".join(
        [*parts, *_multipart("mixed", outer, [words, _attached(attachment)])],
    )


def _alternative(text: str, html: str, boundary: str) -> bytes:
    inner = [_body("plain", text), _body("html", html)]
    return b"".join(_multipart("alternative", boundary, inner))


def _multipart(kind: str, boundary: str, parts: Iterable[bytes]) -> Iterable[bytes]:
    """Lay parts out between boundaries. ``=_`` stands in no encoded body, so no body can contain one."""
    yield f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    for part in parts:
        yield f"--{boundary}\r\n".encode()
        yield part
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _body(kind: str, words: str) -> bytes:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    encoded = binascii.b2a_qp(lines.replace("\n", "\r\n").encode(), istext=True)
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode() + encoded


def _attached(attachment: Attachment) -> bytes:
    head = (
        f"Content-Type: {attachment.content_type}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{attachment.name}"\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")


def _header(name: str, value: str | Address) -> bytes:
    """Return one header line, folded and encoded."""
    display, words = (
        (value.display_name, value.addr_spec) if isinstance(value, Address) else (None, value)
    )
    if not display and _PLAIN.fullmatch(words):
        return f"{name}: {words}\r\n".encode("ascii")
    return _structured(name, display, words)


@lru_cache(maxsize=1024)
def _structured(name: str, display: str | None, words: str) -> bytes:
    """Let the standard library write it; `display` is None for what is no address."""
    value = words if display is None else Address(display_name=display, addr_spec=words)
    return SMTP.fold_binary(*SMTP.header_store_parse(name, value))
