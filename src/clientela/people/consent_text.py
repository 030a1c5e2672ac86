"""Which words about messages a person agreed to."""

from __future__ import annotations

from typing import Final

VERSION: Final = "2026-11.2"
"""Names the words on the screens where messages are chosen (``web/client/consent_words.py`` keeps those of each
version). Whoever changes their meaning gives them a new version here."""
