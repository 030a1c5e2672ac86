"""The icons, drawn inline so that no page waits for them and the content policy stays closed.

The drawings are lucide's (see `vendor.toml`). One icon has one meaning throughout the product
(README.md lists them); an icon is always hidden from screen readers, the words beside it speak.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = Path(__file__).with_name("icons.json")
SIZES = {"": "icon", "s": "icon icon-s", "l": "icon icon-l"}


@cache
def drawings() -> dict[str, str]:
    """Every icon we carry: its name, and the inside of its SVG."""
    loaded: dict[str, str] = json.loads(DRAWINGS.read_text(encoding="utf-8"))
    return loaded


@cache
def icon_svg(name: str, size: str = "", classes: str = "") -> SafeString:
    """The icon as inline SVG: size "" (1.25 em), "s" (1 em) or "l" (1.75 em). An unknown name raises `KeyError`."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f"{SIZES[size]} {classes}".strip(),
        mark_safe(drawings()[name]),  # noqa: S308 -- our own file, verified by hash
    )
