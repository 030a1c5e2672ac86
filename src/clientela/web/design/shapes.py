"""The plain values that pages hand to the parts. Strings are already in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["good", "wait", "stop", "note", "tone", "line", ""]
Span = tuple[int, int]  # minutes from local midnight: [start, end)

HUES = frozenset(range(0, 360, 10))
VIVID = frozenset({"quiet", "soft", "bold"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Brand:
    """Whose page it is: the name, the line under it, where a press on it leads, and the colour.

    Without a hue the page wears Clientela's own mulberry. A hue is one of 36 (0, 10 … 350).
    """

    name: str
    line: str = ""
    url: str = ""
    hue: int | None = None
    vivid: str = "soft"
    logo_url: str = ""

    def __post_init__(self) -> None:
        if self.hue is not None and (self.hue not in HUES or self.vivid not in VIVID):
            message = f"no such colour: {self.hue} {self.vivid}"
            raise ValueError(message)

    @property
    def initials(self) -> str:
        """Two letters that stand where there is no logo."""
        return initials(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A place in a menu, a row of tabs, or a crumb. `count` is a number beside it that waits for somebody."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0
    warns: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One day of the strip. Without a url it cannot be chosen, and `words` says why (`closed`, `full`)."""

    on: date
    words: str
    url: str = ""
    chosen: bool = False
    free: Sequence[Span] = ()
    load: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One offered start. `note` is the second line (`last seat`); a doubled hour writes its own."""

    at: datetime
    url: str
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotGroup:
    """Starts under one heading (`Morning`)."""

    label: str
    slots: Sequence[Slot]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bead:
    """One line of a thread: what, when with its zone, and why. An empty state is what is only planned."""

    icon: str
    title: str
    when: str = ""
    why: str = ""
    state: Literal["good", "wait", "stop", "none", ""] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Badge:
    """A state in one icon and one or two words."""

    text: str
    icon: str = ""
    state: State = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of an agenda: who comes when. `label` names the link for those who do not see the line."""

    at: datetime
    lasts_minutes: int
    who: str
    url: str
    what: str = ""
    hue: int | None = None
    badges: Iterable[Badge] = ()


def initials(name: str) -> str:
    """The first letters of the first two words: `Fisioterapia Ejemplo` is FE, `Irene` is IR."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[1][0]
    return letters.upper()
