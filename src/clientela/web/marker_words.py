"""New and returning in words, for the desk and the support: the badge, the reason, and what lay behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy

from clientela.booking.models import Attribution, MarkedFor
from clientela.rules.attribution import (
    AccountKind,
    Family,
    MarkerPolicy,
    MarkerReason,
    Newness,
)
from clientela.rules.reclassification import Ground
from clientela.web.design.shapes import Badge

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMES: Final[dict[Newness, _StrPromise]] = {
    Newness.NEW: gettext_lazy("New"),
    Newness.RETURNING: gettext_lazy("Returning"),
}
REASONS: Final[dict[MarkerReason, _StrPromise]] = {
    MarkerReason.FIRST_VISIT: gettext_lazy("Shown as new because nothing earlier stands on the client’s card."),
    MarkerReason.EARLIER_VISIT: gettext_lazy("Shown as returning because the client had been booked before."),
    MarkerReason.OTHER_ACCOUNT: gettext_lazy("Shown as new because it was booked from another address or account than before."),
    MarkerReason.OTHER_CHANNEL: gettext_lazy("Shown as new because it came by another channel than the visits before."),
    MarkerReason.MERGED: gettext_lazy("Shown as returning because two cards proved to be one person: an earlier visit came with the other."),
    MarkerReason.HOUSEHOLD: gettext_lazy("Shown as returning because somebody of the same family had been here before."),
    MarkerReason.RECLASSIFIED: gettext_lazy("Set by hand."),
}  # fmt: skip
CHANNELS: Final[dict[Family, _StrPromise]] = {
    Family.SELF: gettext_lazy("online, by the client"),
    Family.DESK: gettext_lazy("at the desk"),
    Family.PROGRAM: gettext_lazy("by another program"),
    Family.UNKNOWN: gettext_lazy("brought along from elsewhere: it counts for every channel"),
}
ACCOUNTS: Final[dict[AccountKind, _StrPromise]] = {
    AccountKind.LOG_IN: gettext_lazy("a log-in"),
    AccountKind.ADDRESS: gettext_lazy("an address typed as a guest"),
    AccountKind.CARD: gettext_lazy("the card it was booked for"),
}
POLICIES: Final[dict[MarkerPolicy, _StrPromise]] = {
    MarkerPolicy.ONE_PERSON: gettext_lazy("Any earlier visit counts"),
    MarkerPolicy.CHANNEL_STRICT: gettext_lazy("Account and channel decide"),
}
POLICY_HINTS: Final[dict[MarkerPolicy, _StrPromise]] = {
    MarkerPolicy.ONE_PERSON: gettext_lazy(
        "Who was here before returns, whichever address or channel they book by. Cards that prove to be one person "
        "count together."
    ),
    MarkerPolicy.CHANNEL_STRICT: gettext_lazy(
        "A booking by another account, or by another channel, is new, even if it is the same person, until the "
        "accounts are joined or a correction is granted."
    ),
}
GROUNDS: Final[dict[Ground, _StrPromise]] = {
    Ground.OTHER_CHANNEL: gettext_lazy("The same client came by another channel"),
    Ground.BEFORE_RECORDS: gettext_lazy("They came before your records here begin"),
    Ground.OTHER_PERSON: gettext_lazy("The earlier visits on the card were somebody else’s"),
    Ground.TAKEN_BACK: gettext_lazy("Let the rule decide again"),
}
CAUSES: Final[dict[MarkedFor, _StrPromise]] = {
    MarkedFor.BOOKED: gettext_lazy("When it was booked"),
    MarkedFor.CHANGED: gettext_lazy("After a visit of the client changed"),
    MarkedFor.MERGED: gettext_lazy("After two cards were joined"),
    MarkedFor.PARTED: gettext_lazy("After two cards were parted"),
    MarkedFor.HOUSEHOLD: gettext_lazy("After a couple or family was formed"),
    MarkedFor.RECLASSIFIED: gettext_lazy("Corrected by hand"),
    MarkedFor.IMPORTED: gettext_lazy("When it was imported"),
    MarkedFor.OLD: gettext_lazy("When markers began to be kept"),
}


def newness_badge(value: str) -> Badge:
    """New or returning as one badge."""
    newness = Newness(value)
    if newness is Newness.NEW:
        return Badge(text=str(NAMES[newness]), icon="sparkles", state="tone")
    return Badge(text=str(NAMES[newness]), icon="repeat", state="line")


def reason_words(row: Attribution) -> str:
    """Why, in one sentence; of what was set by hand, on which ground."""
    said = str(REASONS[MarkerReason(row.reason)])
    ground = row.facts.get("ground")
    return f"{said} {GROUNDS[Ground(ground)]}." if ground else said
