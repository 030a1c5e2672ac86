"""The names a business may have in addresses."""

from __future__ import annotations

import re
from typing import Final

from clientela.business.errors import SlugInvalid, SlugReserved
from clientela.rules.name_match import search_text

RESERVED: Final = frozenset(
    {
        "about", "accounts", "admin", "api", "app", "assets", "book", "booked", "calendar",
        "client", "clients", "contact", "demo", "desk", "docs", "embed", "embed.js", "favicon",
        "health", "help", "hooks", "language", "legal", "login", "logout", "mail", "media", "metrics",
        "new", "operator", "pay", "ping", "privacy", "ready", "robots", "set-up", "setup", "sign-in",
        "sign-out", "sign-up", "simulator", "sitemap", "static", "status", "support", "terms",
        "well-known", "widget", "www",
    }
)  # fmt: skip
"""First words of addresses that are ours, now or foreseeably; no business may be called so."""

_SHAPE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST: Final = 60
_SHORTEST: Final = 3


def check_slug(slug: str) -> str:
    """Return the slug if an address may begin with it; refuses ``SlugInvalid`` or ``SlugReserved``.

    Whether another business has it is the database's answer.
    """
    if not _SHORTEST <= len(slug) <= _LONGEST or not _SHAPE.fullmatch(slug):
        raise SlugInvalid(field="slug")
    if slug in RESERVED:
        raise SlugReserved(field="slug")
    return slug


def suggest_slug(name: str) -> str:
    """Return an address for a name ("Café Olé" → "cafe-ole"); may be empty, reserved or taken."""
    return "-".join(re.findall(r"[a-z0-9]+", search_text(name)))[:_LONGEST].strip("-")
