"""One part of a page, drawn from its template."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


def drawn(part: str, **values: Any) -> SafeString:  # noqa: ANN401 -- a template takes anything
    """One part, rendered from its template with only the values it names."""
    return mark_safe(render_to_string(f"design/parts/{part}.html", values))  # noqa: S308 -- escaped by the template
