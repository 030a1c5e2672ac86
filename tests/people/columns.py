"""Which columns of a card say something of the person."""

from __future__ import annotations

from clientela.people.models import Client


def told_columns() -> list[str]:
    """Return all but how far the card is compared with others: that is the worker's own note."""
    return [one.attname for one in Client._meta.concrete_fields if one.name != "compared_version"]
