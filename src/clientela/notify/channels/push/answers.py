"""What a push service's answer means: the whole table (RFC 8030), and what those of several devices come to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from clientela.notify.channels import Result
from clientela.notify.models import Outcome, Reason

_TAKEN, _FAILED_THERE = 2, 5
_GONE = frozenset({404, 410})
_TOO_MANY = 429
_TIMED_OUT = 408


class Fate(StrEnum):
    """What became of the push to one device."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"
    SILENT = "silent"
    NOT_REACHED = "not-reached"


def fate_of(status: int) -> Fate:
    """Say what a status means. A redirect is a refusal: nobody is led elsewhere."""
    if status // 100 == _TAKEN:
        return Fate.TAKEN
    if status in _GONE:
        return Fate.GONE
    if status in {_TOO_MANY, _TIMED_OUT} or status // 100 == _FAILED_THERE:
        return Fate.LATER
    return Fate.REFUSED


def sum_up(fates: Sequence[tuple[Fate, str]]) -> Result:
    """Return what the fates of all devices come to, each with the code of its answer.

    One that took it is enough. Where none did, what can still be mended counts before what cannot; a silence
    after the request had left is ambiguous. Without any device left there is no address.
    """
    found = dict(reversed(fates))
    if Fate.TAKEN in found:
        taken = sum(1 for fate, _ in fates if fate is Fate.TAKEN)
        return Result(Outcome.ACCEPTED, code=found[Fate.TAKEN], detail=f"{taken} of {len(fates)}")
    if Fate.SILENT in found:
        return Result(Outcome.UNKNOWN, code=found[Fate.SILENT])
    if Fate.LATER in found:
        return Result(Outcome.RETRY, code=found[Fate.LATER])
    if Fate.NOT_REACHED in found:
        return Result(Outcome.RETRY, code=found[Fate.NOT_REACHED], is_unreachable=True)
    if Fate.REFUSED in found:
        return Result(Outcome.REFUSED, code=found[Fate.REFUSED], reason=Reason.PROVIDER_ERROR.value)
    return Result(Outcome.REFUSED, code=found.get(Fate.GONE, ""), reason=Reason.NO_ADDRESS.value)
