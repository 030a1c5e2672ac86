"""Whether the way out is there: what waits, or waited too long, because whoever carries it could not be reached."""

from __future__ import annotations

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.diagnosis.facts import Facts, to_resend
from clientela.notify.diagnosis.finding import Answer, Fix, failed
from clientela.notify.models import Reason


def down(facts: Facts, *, channel: str, bears: bool = True) -> Answer | None:
    """Say that the channel's line is down, or was until it was too late; None: neither is on record."""
    if facts.with_reason(Reason.QUEUED, channel=channel, because=LINE_DOWN):
        return failed("line-down", fixes=(Fix.ASK_OPERATOR,), bears=bears)
    missed = facts.with_reason(Reason.PROVIDER_ERROR, channel=channel, because=LINE_DOWN)
    if missed:
        return failed(
            "line-was-down", fixes=(Fix.SEND_AGAIN,), messages=to_resend(missed), bears=bears
        )
    return None
