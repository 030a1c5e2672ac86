"""What an HTTP answer means for a text, before anybody looks at what it says: pure.

The question is always the same: may the text have left? What was certainly not taken is tried again; what may
have been is *unknown*, and never sent again by itself, for two alike texts look like a mistake and cost twice.
"""

from __future__ import annotations

import re
from typing import Final

from clientela.notify.channels import Result
from clientela.notify.models import Outcome, Reason

_TOO_MANY, _BUSY = 429, 503
_LOG_IN = frozenset({401, 402, 403})
_DIGITS: Final = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_LONGEST: Final = 200

REFUSALS: Final = frozenset(
    {
        Reason.LANDLINE,
        Reason.INVALID_NUMBER,
        Reason.CARRIER_FILTERED,
        Reason.OPTED_OUT,
        Reason.PROVIDER_ERROR,
    }
)


def accepted(*, provider_id: str = "", code: str = "") -> Result:
    """The gateway has it."""
    return Result(Outcome.ACCEPTED, code=code, provider_id=provider_id[:200])


def refused(*, reason: Reason, code: str = "", detail: str = "") -> Result:
    """It will never take it."""
    return Result(Outcome.REFUSED, code=code[:20], detail=without_numbers(detail), reason=reason)


def ambiguous(*, detail: str, code: str = "") -> Result:
    """Nobody can tell whether it has it."""
    return Result(Outcome.UNKNOWN, code=code[:20], detail=without_numbers(detail))


def later(*, detail: str, code: str = "", is_unreachable: bool = False) -> Result:
    """It certainly does not have it, and may take it later; ``is_unreachable``: nor anything else just now."""
    return Result(
        Outcome.RETRY,
        code=code[:20],
        detail=without_numbers(detail),
        is_unreachable=is_unreachable,
    )


def by_status(status: int, *, detail: str = "") -> Result:
    """Say what a status alone means, for an answer that explains nothing more."""
    code = str(status)
    said = detail or f"HTTP {status}"
    if status in _LOG_IN:
        # Not this text but the account: the owner can mend it, and the same text will be welcome then.
        return later(code=code, detail=said, is_unreachable=True)
    if status in {_TOO_MANY, _BUSY} or 300 <= status < 400:  # noqa: PLR2004 -- a redirect is not followed
        return later(code=code, detail=said, is_unreachable=True)
    if 400 <= status < 500:  # noqa: PLR2004 -- HTTP's own classes
        return refused(reason=Reason.PROVIDER_ERROR, code=code, detail=said)
    return ambiguous(code=code, detail=said)


def without_numbers(words: str) -> str:
    """Return a gateway's words as one line without telephone numbers: they are kept, and numbers are personal."""
    return _DIGITS.sub("…", " ".join(words.split()))[:_LONGEST]
