"""Who may correct what a booking's marker says, and on which ground.

A marker says who is new; it may also say so because an account or a channel decided. Only the *channel* is the
business's own affair: there a professional may ask, and an owner or the installation's support decides. That two
accounts are one person's, or one family's, only their owners can say, so nobody may set that by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clientela.rules.attribution import MarkerReason, Newness


class Ground(StrEnum):
    """Why a marker is corrected."""

    OTHER_CHANNEL = "other-channel"
    """The same client came by another channel."""
    BEFORE_RECORDS = "before-records"
    """They came before the business kept its records here."""
    OTHER_PERSON = "other-person"
    """The earlier visits on the card were somebody else's."""
    TAKEN_BACK = "taken-back"
    """A correction was wrong: the rule decides again."""


class Asker(StrEnum):
    """Who wants it."""

    OWNER = "owner"
    SUPPORT = "support"
    """The installation's support: it decides what is asked of it, and may no more than an owner."""
    STAFF = "staff"
    """Front desk and professionals: they ask, they do not decide."""

    @property
    def decides(self) -> bool:
        """Whether this one corrects a marker, or only asks for it."""
        return self is not Asker.STAFF


class Verdict(StrEnum):
    """What the rule answers; all but ``allowed`` are refusals, in the words that are shown."""

    ALLOWED = "allowed"
    ALREADY_SO = "already-so"
    CLIENT_MUST_CONFIRM = "client-must-confirm"
    CLIENT_SAID_SO = "client-said-so"
    OWNER_ONLY = "owner-only"
    WRONG_GROUND = "wrong-ground"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the marker says now, and why."""

    value: Newness
    reason: MarkerReason


_ONLY_CLIENTS_SAY: Final = {
    MarkerReason.OTHER_ACCOUNT: Verdict.CLIENT_MUST_CONFIRM,
    MarkerReason.MERGED: Verdict.CLIENT_SAID_SO,
    MarkerReason.HOUSEHOLD: Verdict.CLIENT_SAID_SO,
}
_NEEDED: Final = {
    Ground.OTHER_CHANNEL: (MarkerReason.OTHER_CHANNEL, Newness.RETURNING),
    Ground.BEFORE_RECORDS: (MarkerReason.FIRST_VISIT, Newness.RETURNING),
    Ground.OTHER_PERSON: (MarkerReason.EARLIER_VISIT, Newness.NEW),
}


def decide_reclassification(
    *, standing: Standing, to: Newness, ground: Ground, asker: Asker
) -> Verdict:
    """Say whether the correction may be made (by who decides) or asked for (by other staff)."""
    if ground is Ground.TAKEN_BACK:
        return _take_back(standing, asker)
    if to is standing.value:
        return Verdict.ALREADY_SO
    if standing.reason in _ONLY_CLIENTS_SAY:
        return _ONLY_CLIENTS_SAY[standing.reason]
    fits = (standing.reason, to) == _NEEDED[ground]
    if fits and (asker.decides or ground is Ground.OTHER_CHANNEL):
        return Verdict.ALLOWED
    if standing.reason is MarkerReason.FIRST_VISIT:
        return Verdict.CLIENT_MUST_CONFIRM
    return Verdict.OWNER_ONLY if fits else Verdict.WRONG_GROUND


def grounds_for(*, standing: Standing, asker: Asker) -> list[Ground]:
    """Return the grounds on which this person may correct the marker, or ask for it."""
    other = Newness.RETURNING if standing.value is Newness.NEW else Newness.NEW
    return [
        ground
        for ground in Ground
        if decide_reclassification(standing=standing, to=other, ground=ground, asker=asker)
        is Verdict.ALLOWED
    ]


def _take_back(standing: Standing, asker: Asker) -> Verdict:
    if not asker.decides:
        return Verdict.OWNER_ONLY
    corrected = standing.reason is MarkerReason.RECLASSIFIED
    return Verdict.ALLOWED if corrected else Verdict.WRONG_GROUND
