"""Whom a letter addresses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """Who writes, in which language the reader reads, and where the button leads (blank: no button)."""

    business: str
    language: str
    link: str = ""
