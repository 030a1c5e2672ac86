"""Before anything else: whether messages leave this installation, and whether it is known what became of them."""

from __future__ import annotations

from typing import Final

from clientela.notify.diagnosis.facts import Facts, to_resend
from clientela.notify.diagnosis.finding import (
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.models import Reason
from clientela.notify.queries.held_copies import HELD_COPY


def sending_is_released(facts: Facts) -> Answer:
    """After a restored backup everything waits for an operator; a copied business sends nothing before an owner says so."""
    since = facts.running.held_since
    if since:
        return failed(fixes=(Fix.ASK_OPERATOR,), since=since)
    if facts.with_reason(Reason.RULE_DISABLED, because=HELD_COPY):
        return failed("copy", fixes=(Fix.RULES,))
    return passed()


def worker_lives(facts: Facts) -> Answer:
    """Whether there is somebody to send; what was missed while there was not may be sent once more."""
    if not facts.running.worker_is_alive:
        return failed(fixes=(Fix.ASK_OPERATOR,))
    missed = facts.with_reason(Reason.SCHEDULER_DOWN)
    if missed:
        return failed("was-down", fixes=(Fix.SEND_AGAIN,), messages=to_resend(missed))
    return passed()


def messages_are_planned(facts: Facts) -> Answer:
    """Whether there is a row at all: an appointment taken from a file, or one made this second, has none."""
    return passed(count=len(facts.lines)) if facts.lines else cannot_know("none")


def outcome_is_known(facts: Facts) -> Answer:
    """Whether something died between handing over and writing it down."""
    open_ones = facts.with_reason(Reason.UNKNOWN)
    if not open_ones:
        return passed()
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(open_ones))


CHECKS: Final = (
    Check("sending-released", Group.SENDING, (), sending_is_released),
    Check("worker-alive", Group.SENDING, (), worker_lives),
    Check("messages-planned", Group.SENDING, ("S4.1",), messages_are_planned),
    Check("outcome-known", Group.SENDING, (), outcome_is_known),
)
