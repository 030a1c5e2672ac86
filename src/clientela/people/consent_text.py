"""Which words about messages a person agreed to."""

from __future__ import annotations

from typing import Final

VERSION: Final = "2026-11"
"""Names the words on the activation screen. Whoever changes their meaning gives them a new version here."""
