"""The one family of exceptions by which an action says no."""

from __future__ import annotations

import re

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Refusal(Exception):
    """An action declined, with the reason word that page, API, audit and test share.

    A subclass names its refusal (`SlotTaken`) and sets `reason` once; the facts are what a door
    needs to explain it (alternatives, a limit, a date). They are shown to people, so they hold no secret.
    """

    reason: str = "refused"

    def __init__(
        self, reason: str | None = None, *, field: str | None = None, **facts: object
    ) -> None:
        """Refuse for `reason` (default: the class's own word); `field` names the input to blame."""
        if reason is not None:
            self.reason = reason
        if not _KEBAB.fullmatch(self.reason):
            message = f"a refusal's reason is a kebab-case word, not {self.reason!r}"
            raise ValueError(message)
        self.field = field
        self.facts: dict[str, object] = facts
        super().__init__(self.reason)

    def __repr__(self) -> str:
        """Show the class, the reason and the names of the facts, never their values."""
        return f"{type(self).__name__}({self.reason!r}, facts={sorted(self.facts)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, so that a refusal raised in a test's child process keeps its facts."""
        return (_rebuild, (type(self), self.reason, self.field, self.facts))


def _rebuild(
    kind: type[Refusal], reason: str, field: str | None, facts: dict[str, object]
) -> Refusal:
    """Make the refusal again on the other side of a process boundary."""
    refusal = kind.__new__(kind)
    Refusal.__init__(refusal, reason, field=field, **facts)
    return refusal
