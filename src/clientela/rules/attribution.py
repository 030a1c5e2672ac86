"""New or returning: what an appointment's marker says, and why.

A marker is decided from ``Facts`` only, and the facts are kept with it under the version of the rule. So every
marker can be decided again from what is kept, and a marker that differs from its facts was written by nobody.

What counts as an earlier visit: an appointment of the same person that begins before this one, and was attended or
still stands. One that was cancelled, declined or missed made nobody a returning client.

Two policies. ``one-person``: any earlier visit of the person counts, whichever account or channel it came by.
``channel-strict``: only one by the same account *and* by the same channel does, until the accounts are proved to be
one person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

RULE_VERSION: Final = 1
"""Raised when the same facts would be decided otherwise; the old rule stays beside the new one."""


class Newness(StrEnum):
    """What the badge says."""

    NEW = "new"
    RETURNING = "returning"


class MarkerPolicy(StrEnum):
    """What makes a client a returning one."""

    ONE_PERSON = "one-person"
    CHANNEL_STRICT = "channel-strict"


class MarkerReason(StrEnum):
    """Why; page, API, file and test share the word."""

    FIRST_VISIT = "first-visit"
    EARLIER_VISIT = "earlier-visit"
    OTHER_ACCOUNT = "other-account"
    OTHER_CHANNEL = "other-channel"
    MERGED = "merged"
    HOUSEHOLD = "household"
    RECLASSIFIED = "reclassified"


class Tie(StrEnum):
    """How an earlier visit belongs to the person: booked on the same card, on one that was joined, or by the family."""

    OWN = "own"
    MERGED = "merged"
    HOUSEHOLD = "household"


class Family(StrEnum):
    """Channels that are one for this purpose. ``unknown`` (of an import) is taken for any."""

    SELF = "self"
    DESK = "desk"
    PROGRAM = "program"
    UNKNOWN = "unknown"


class AccountKind(StrEnum):
    """By what a booking is known: a log-in, an address that a guest typed, or only the card it stands on."""

    LOG_IN = "log-in"
    ADDRESS = "address"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment as the rule reads it. ``address`` is compared and never kept.

    ``counts``: it was attended or still stands. ``origin`` is the card it was booked on. ``of_household``: somebody
    else's of a linked household; it is not marked here, it only counts.
    """

    id: str
    counts: bool
    origin: str
    family: Family
    account: str = ""
    address: str = ""
    professional: str = ""
    of_household: bool = False

    @property
    def known_by(self) -> AccountKind:
        """By what the booking is known."""
        if self.account:
            return AccountKind.LOG_IN
        return AccountKind.ADDRESS if self.address else AccountKind.CARD


@dataclass(frozen=True, slots=True)
class Seen:
    """The first earlier visit of its kind: which, and how it relates to the one that is marked."""

    id: str
    tie: Tie
    same_account: bool
    same_channel: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a marker depends on. ``joined``: the card has taken up another, so its accounts are one person's.

    ``same_professional`` is the first earlier visit with the same professional, or blank: told, never decisive.
    ``set_to`` is what a person said of this booking, on the ground given.
    """

    channel: Family
    account: AccountKind
    seen: tuple[Seen, ...] = ()
    joined: bool = False
    same_professional: str = ""
    set_to: Newness | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """What the badge says, the reason, the ids of the earlier visits that decided, and the version of the rule."""

    value: Newness
    reason: MarkerReason
    evidence: tuple[str, ...]
    version: int


def family_of(channel: str) -> Family:
    """Return the family of a booking's channel."""
    return {"web": Family.SELF, "staff": Family.DESK, "api": Family.PROGRAM}.get(
        channel, Family.UNKNOWN
    )


def facts_of(visits: Sequence[Visit], *, joined: bool) -> Iterator[tuple[str, Facts]]:
    """Yield the facts of each of a person's visits; ``visits`` in the order in which they begin.

    Linear in the visits: only the first of each kind is compared with the later ones.
    """
    firsts: dict[tuple[object, ...], Visit] = {}
    with_whom: dict[str, str] = {}
    for one in visits:
        if not one.of_household:
            yield (
                one.id,
                Facts(
                    channel=one.family,
                    account=one.known_by,
                    seen=_seen(one, firsts.values()),
                    joined=joined,
                    same_professional=with_whom.get(one.professional, ""),
                ),
            )
        if one.counts:
            kind = (one.origin, one.of_household, one.account, one.address, one.family)
            firsts.setdefault(kind, one)
            if not one.of_household:
                with_whom.setdefault(one.professional, one.id)


def decide_marker(facts: Facts, *, policy: MarkerPolicy, version: int = RULE_VERSION) -> Marker:
    """Decide by the rule of that version. What a person said holds before either policy.

    Raises ``LookupError`` for a version that this program does not know.
    """
    rule = _RULES.get(version)
    if rule is None:
        message = f"there is no rule of version {version}"
        raise LookupError(message)
    value, reason, evidence = rule(facts, policy)
    return Marker(value, reason, evidence, version)


def corrected(facts: Facts, *, to: Newness, ground: str) -> Facts:
    """Return the facts with what a person said of this booking."""
    return replace(facts, set_to=to, ground=ground)


def told(facts: Facts) -> dict[str, Any]:
    """Return facts as plain values, to be kept; what is blank is left out."""
    kept: dict[str, Any] = {"channel": facts.channel.value, "account": facts.account.value}
    if facts.seen:
        kept["seen"] = [
            {"id": one.id, "tie": one.tie.value, "account": one.same_account, "channel": one.same_channel}
            for one in facts.seen
        ]  # fmt: skip
    if facts.joined:
        kept["joined"] = True
    if facts.same_professional:
        kept["same_professional"] = facts.same_professional
    if facts.set_to is not None:
        kept |= {"set_to": facts.set_to.value, "ground": facts.ground}
    return kept


def read(kept: Mapping[str, Any]) -> Facts:
    """Return the facts that ``told`` told."""
    return Facts(
        channel=Family(kept["channel"]),
        account=AccountKind(kept["account"]),
        seen=tuple(
            Seen(one["id"], Tie(one["tie"]), one["account"], one["channel"])
            for one in kept.get("seen", ())
        ),
        joined=kept.get("joined", False),
        same_professional=kept.get("same_professional", ""),
        set_to=Newness(kept["set_to"]) if "set_to" in kept else None,
        ground=kept.get("ground", ""),
    )


def _seen(one: Visit, firsts: Iterable[Visit]) -> tuple[Seen, ...]:
    """Return the first earlier visit of each relation to this one, in the order of their starts."""
    found: dict[tuple[Tie, bool, bool], Seen] = {}
    for other in firsts:
        relation = (_tie(one, other), _same_account(one, other), _same_channel(one, other))
        found.setdefault(relation, Seen(other.id, *relation))
    return tuple(found.values())


def _tie(one: Visit, other: Visit) -> Tie:
    if other.of_household:
        return Tie.HOUSEHOLD
    return Tie.OWN if one.origin == other.origin else Tie.MERGED


def _same_account(one: Visit, other: Visit) -> bool:
    """Whether two bookings came by one account: the log-in, or the address; a bare card speaks for all of its own."""
    if one.account and other.account:
        return one.account == other.account
    if AccountKind.CARD in {one.known_by, other.known_by}:
        return True
    return bool(one.address) and one.address == other.address


def _same_channel(one: Visit, other: Visit) -> bool:
    return one.family == other.family or Family.UNKNOWN in {one.family, other.family}


_Decided = tuple[Newness, MarkerReason, tuple[str, ...]]
_BY_TIE: Final = {
    Tie.OWN: MarkerReason.EARLIER_VISIT,
    Tie.MERGED: MarkerReason.MERGED,
    Tie.HOUSEHOLD: MarkerReason.HOUSEHOLD,
}


def _first_rule(facts: Facts, policy: MarkerPolicy) -> _Decided:
    """Version 1."""
    ids = tuple(one.id for one in facts.seen)
    if facts.set_to is not None:
        return facts.set_to, MarkerReason.RECLASSIFIED, ids
    if not facts.seen:
        return Newness.NEW, MarkerReason.FIRST_VISIT, ()
    if policy is MarkerPolicy.ONE_PERSON:
        return _returning(facts.seen)
    return _strict(facts)


def _strict(facts: Facts) -> _Decided:
    """By account and channel; accounts that were joined, and a household's, are one."""
    known = [
        one for one in facts.seen if one.same_account or facts.joined or one.tie is not Tie.OWN
    ]
    if not known:
        return Newness.NEW, MarkerReason.OTHER_ACCOUNT, tuple(one.id for one in facts.seen)
    counting = [one for one in known if one.same_channel]
    if not counting:
        return Newness.NEW, MarkerReason.OTHER_CHANNEL, tuple(one.id for one in known)
    plain = [one for one in counting if one.tie is Tie.OWN and one.same_account]
    if plain or any(one.tie is not Tie.OWN for one in counting):
        return _returning(plain or counting)
    return Newness.RETURNING, MarkerReason.MERGED, tuple(one.id for one in counting)


def _returning(counting: Sequence[Seen]) -> _Decided:
    """For the plainest of the ties there are."""
    for tie, reason in _BY_TIE.items():
        ids = tuple(one.id for one in counting if one.tie is tie)
        if ids:
            return Newness.RETURNING, reason, ids
    raise AssertionError(next(iter(counting)).tie)  # every visit has one of them


_RULES: Final = {1: _first_rule}
