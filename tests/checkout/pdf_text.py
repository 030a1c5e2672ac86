"""Read the words of a PDF that our drawing made: enough of the format for a test, and nothing more."""

from __future__ import annotations

import base64
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"/(F\d+\+\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(document: bytes) -> list[str]:
    """Return the text of each page, one line per piece that was written."""
    objects = {int(number): body for number, body in _OBJECT.findall(document)}
    names = _letters_of_fonts(objects)
    return [
        _text(_content(objects[int(ref)]), names)
        for body in objects.values()
        if re.search(rb"/Type /Page\b(?!s)", body)
        for ref in re.findall(rb"/Contents (\d+) 0 R", body)
    ]


def _letters_of_fonts(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    found = {}
    for body in objects.values():
        name = re.search(rb"/Name /(F\d+\+\d+)", body)
        table = re.search(rb"/ToUnicode (\d+) 0 R", body)
        if name and table:
            found[name[1]] = _letters(_content(objects[int(table[1])]))
    return found


def _letters(table: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    pairs = re.findall(rb"^<(\w\w)> <(\w{4,8})>$", table, re.MULTILINE)
    return {
        int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs
    }


def _content(body: bytes) -> bytes:
    match = _STREAM.search(body)
    assert match
    data = match[1]
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompressobj().decompress(data) if b"/FlateDecode" in body else data


def _text(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """What is written, in the order of writing; pieces of one line in several fonts are joined."""
    font: dict[int, str] = {}
    lines: list[str] = []
    for name, shown in _SHOWN.findall(content):
        if name:
            font = fonts.get(name, {})
        elif shown:
            codes = _ESCAPE.sub(_unescaped, shown)
            lines.append("".join(font.get(code, "?") for code in codes))
    return "\n".join(lines)


def _unescaped(match: re.Match[bytes]) -> bytes:
    one = match[1]
    return bytes([int(one, 8)]) if len(one) == 3 else _LETTERS.get(one, one)
