"""What each check says, to staff and to clients, in the reader's language."""

from __future__ import annotations

from typing import Final

from clientela.web.why.words import choice, email, push, sending, text, zone
from clientela.web.why.words.saying import Key, Saying

SAYINGS: Final[dict[Key, Saying]] = {
    **sending.SAYINGS,
    **email.SAYINGS,
    **text.SAYINGS,
    **push.SAYINGS,
    **zone.SAYINGS,
    **choice.SAYINGS,
}
"""One saying for each check, verdict and word."""
