"""How two cards become two again: whose is what was born while they were one, and what else must hold then.

Each app registers in its ``movers.py``, loaded at the start, so people/ knows only this list.

    attributes("booking.Appointment", "client", by=who_booked)   # by the identity that made the row
    follows("ledger.Grant", "client", of="sale")                 # wherever its sale is
    asks("people.Identifier", "client")                          # nothing says whose it is: staff decide
    remains("checkout.KeptCard", "client", why="…")              # it stays with the card that stayed

    @on_parting
    @contextmanager
    def part_credits(*, card: Client, from_: Client, now: datetime) -> Iterator[None]:
        lock …
        yield  # the rows go back here
        settle …

They are asked in the order of their ``step``: what follows another row comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from clientela.people.models import Client


class Side(Enum):
    """Whose a row is that was born while the cards were one."""

    PARTED = "parted"
    STAYED = "stayed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sides:
    """By what the two people can be told apart: what only one of them has.

    ``parted`` and ``stayed`` hold e-mails and E.164 numbers; an account is ``None`` where there is none.
    """

    card_id: UUID
    from_id: UUID
    parted: frozenset[str]
    stayed: frozenset[str]
    parted_account: UUID | None
    stayed_account: UUID | None

    def by_account(self, account_id: UUID | None) -> Side:
        """Return whose log-in it is."""
        if account_id is None or self.parted_account == self.stayed_account:
            return Side.UNKNOWN
        if account_id == self.parted_account:
            return Side.PARTED
        return Side.STAYED if account_id == self.stayed_account else Side.UNKNOWN

    def by_address(self, *written: str) -> Side:
        """Return whose addresses or numbers these are; two that say different things say nothing."""
        found = {side for one in written if (side := self._of(one)) is not None}
        return found.pop() if len(found) == 1 else Side.UNKNOWN

    def by_card(self, card_id: UUID) -> Side:
        """Return the side of a row whose card is known by now."""
        return Side.PARTED if card_id == self.card_id else Side.UNKNOWN

    def _of(self, value: str) -> Side | None:
        if value and value in self.parted:
            return Side.PARTED
        return Side.STAYED if value and value in self.stayed else None


Attribute = Callable[[Collection[Any], Sides], Iterable[tuple[UUID, Side]]]


@dataclass(frozen=True, slots=True)
class Parting:
    """What becomes of a table's rows that were born while two cards were one."""

    table: str
    column: str
    how: Literal["attributes", "follows", "asks", "remains"]
    step: int = 0
    by: Attribute | None = None
    of: str = ""
    why: str = ""

    @property
    def model(self) -> type[Model]:
        """The table's model."""
        return apps.get_model(self.table)


class Parter(Protocol):
    """Surrounds the going back of rows from ``from_`` to ``card``, in their business's scope."""

    def __call__(
        self, *, card: Client, from_: Client, now: datetime
    ) -> AbstractContextManager[None]:
        """Return what is entered before and left after."""


_partings: Final[dict[tuple[str, str], Parting]] = {}
_parters: Final[dict[str, Parter]] = {}


def attributes(table: str, column: str, *, by: Attribute, step: int = 0) -> None:
    """Let ``by`` say of rows born since whose they are: it is given the rows, and yields the side of each."""
    _partings[table, column] = Parting(table, column, "attributes", step=step, by=by)


def follows(table: str, column: str, *, of: str, step: int = 9) -> None:
    """Let rows stand on the card on which the row stands that their key ``of`` leads to."""
    _partings[table, column] = Parting(table, column, "follows", step=step, of=of)


def asks(table: str, column: str) -> None:
    """Put every row born since to the staff."""
    _partings[table, column] = Parting(table, column, "asks")


def remains(table: str, column: str, *, why: str) -> None:
    """Leave rows born since where they are, for the reason given."""
    _partings[table, column] = Parting(table, column, "remains", why=why)


def partings() -> list[Parting]:
    """Return every registered parting, in the order in which they are asked."""
    return sorted(_partings.values(), key=lambda one: (one.step, one.table, one.column))


def on_parting(parter: Parter) -> Parter:
    """Register what surrounds a parting; registering it again changes nothing."""
    _parters[f"{parter.__module__}.{getattr(parter, '__qualname__', '')}"] = parter
    return parter


def parters() -> tuple[Parter, ...]:
    """Return them, in the order of their names."""
    return tuple(parter for _, parter in sorted(_parters.items()))


def parting(*, card: Client, from_: Client, now: datetime) -> ExitStack:
    """Enter every registered parter; leaving the stack leaves them."""
    with ExitStack() as entering:
        for parter in parters():
            entering.enter_context(parter(card=card, from_=from_, now=now))
        return entering.pop_all()


_EVIDENCE: Final = "evidence is about the card it was given for"

asks("people.Identifier", "client")
_AGREED: Final = "whoever agreed to it signs in to the card that stayed"
remains("people.HouseholdMember", "client", why=_AGREED)
remains("people.HouseholdMember", "guardian", why=_AGREED)
remains(
    "people.Client",
    "merged_into",
    why="what was taken up since belongs to the card that took it up",
)
remains("people.Consent", "client", why=_EVIDENCE)
remains("people.CardAnswer", "client", why=_EVIDENCE)
remains("people.Merge", "survivor", why="history is not rewritten")
remains("people.Merge", "absorbed", why="history is not rewritten")
remains("people.PartingQuestion", "decided_for", why="history is not rewritten")
remains("people.ClientKey", "client", why="keys are made anew from what the card then says")
remains("people.Suggestion", "first", why="suggestions are made anew")
remains("people.Suggestion", "second", why="suggestions are made anew")
