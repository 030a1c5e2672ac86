"""Which columns of a card say something of the person."""

from __future__ import annotations

from clientela.people.models import Client


def told_columns() -> list[str]:
    """Return all but how far the card is compared with others: that is the worker's own note."""
    return [one.attname for one in Client._meta.concrete_fields if one.name != "compared_version"]


def as_text(value: object) -> str:
    """Return what a column holds as one text; a mail without its line ends."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace").replace("=\r\n", "")
    return str(value)
