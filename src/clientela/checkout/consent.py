"""The words a client agrees to when a card is kept, by version: a card names the version of its day.

The words stand in the booking page's and the client pages' templates; whoever changes them counts up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

VERSION: Final = "card-1"


@dataclass(frozen=True, slots=True)
class Consent:
    """A client's word that a card may be kept and charged ``fee_minor`` for not coming, by the words of ``text``."""

    fee_minor: int
    text: str = VERSION
