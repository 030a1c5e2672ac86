"""What catalogue/ may refuse, in the words that page, API and audit share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NameMissing(Refusal):
    """Nothing without a name can be chosen from a list."""

    reason = "name-missing"


class MinutesRefused(Refusal):
    """Durations, buffers and grids are multiples of five minutes, within a day."""

    reason = "minutes-by-five"


class ValueRefused(Refusal):
    """A value outside what the field can hold."""

    reason = "value-refused"


class PackageOfNothing(Refusal):
    """A package redeems at least one service."""

    reason = "package-of-nothing"
