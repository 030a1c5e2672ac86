"""What an SMTP server's answer means for a mail: the whole table, pure.

4xx and troubles of the whole server are tried again; a refused address is final; a refused body
is final. Codes are RFC 5321's, the enhanced ones RFC 3463's.
"""

from __future__ import annotations

import re
from enum import StrEnum

from clientela.notify.channels import Result
from clientela.notify.models import Outcome, Reason

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS = re.compile(r"<?\S+@\S+>?")
_MAILBOX_FULL, _POLICY = ("2", "2"), "7"
_CLOSING, _OVER_QUOTA = 421, 552
_POSITIVE, _TRANSIENT, _PERMANENT = 2, 4, 5
_LONGEST = 200


class Step(StrEnum):
    """Which question the server was answering."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    BODY = "body"


def read_answer(*, step: Step, code: int, words: bytes) -> Result:
    """Say what the answer means. A code that is none at all (``-1``) after the body is ambiguous."""
    text = words.decode("utf-8", "replace")
    result = _meaning(step, code, text)
    return Result(
        result.outcome,
        code=str(code),
        detail=without_addresses(text)[:_LONGEST],
        reason=result.reason,
        is_unreachable=result.is_unreachable,
    )


def without_addresses(text: str) -> str:
    """Return what a server said on one line, with every address in it taken out."""
    return _ADDRESS.sub("…", " ".join(text.split()))


def _meaning(step: Step, code: int, text: str) -> Result:
    if code // 100 == _POSITIVE:
        return Result(Outcome.ACCEPTED)
    if code // 100 == _TRANSIENT:
        return Result(Outcome.RETRY, is_unreachable=code == _CLOSING)
    if code // 100 == _PERMANENT:
        return _refusal(step, code, text)
    return Result(Outcome.UNKNOWN if step is Step.BODY else Outcome.RETRY)


def _refusal(step: Step, code: int, text: str) -> Result:
    """Say whose fault a permanent refusal is: the mailbox's, the installation's, the address's, the content's."""
    found = _ENHANCED.search(text)
    subject, detail = (found[2], found[3]) if found else ("", "")
    if code == _OVER_QUOTA or (subject, detail) == _MAILBOX_FULL:
        return Result(Outcome.RETRY)
    if step is Step.SENDER:
        # The server dislikes the installation, not this message: the operator can mend it.
        return Result(Outcome.RETRY, is_unreachable=True)
    is_policy = subject == _POLICY
    if step is Step.RECIPIENT:
        reason = Reason.PROVIDER_ERROR if is_policy else Reason.BOUNCED_HARD
    else:
        reason = Reason.CARRIER_FILTERED if is_policy else Reason.PROVIDER_ERROR
    return Result(Outcome.REFUSED, reason=reason)
