"""Which rows follow when one card is taken up by another: every app registers its own.

``repoints("booking.Appointment", "client")`` says that the rows which point at the card that goes point at the card
that stays afterwards. ``stays(…)`` says that they keep the card they were written with. Each app has a ``movers.py``,
loaded at the start, so people/ knows only this list. A foreign key to a card that is on neither side fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db.models import ForeignKey, Model

_movers: Final[dict[tuple[str, str], Mover]] = {}


@dataclass(frozen=True, slots=True)
class Mover:
    """What becomes of the rows of one foreign key to a card.

    ``beside`` names columns that may stand on a card once only: a row whose values the surviving card
    has already is left where it is. ``stays`` is the reason why the rows never move, or blank.
    """

    table: str
    column: str
    beside: tuple[str, ...] = ()
    stays: str = ""

    @property
    def model(self) -> type[Model]:
        """The table's model."""
        return apps.get_model(self.table)

    @property
    def key(self) -> ForeignKey[Model]:
        """The foreign key itself."""
        field = self.model._meta.get_field(self.column)
        if not isinstance(field, ForeignKey):
            message = f"{self.table}.{self.column} is no foreign key"
            raise TypeError(message)
        return field


def repoints(table: str, column: str, *, beside: tuple[str, ...] = ()) -> None:
    """Let the rows of ``table`` (such as ``booking.Appointment``) follow their card."""
    _movers[table, column] = Mover(table, column, beside=beside)


def stays(table: str, column: str, *, why: str) -> None:
    """Let the rows of ``table`` keep the card they were written with, for the reason given."""
    _movers[table, column] = Mover(table, column, stays=why)


def movers() -> list[Mover]:
    """Return every registered mover, by table and column."""
    return [mover for _, mover in sorted(_movers.items())]


_EVIDENCE: Final = "evidence is about the card it was given for"

repoints("people.Identifier", "client", beside=("kind", "value"))
repoints("people.Client", "merged_into")  # so that the way from any old card is one step long
# A card is in one household at a time: where the card that stays is in one, the other membership waits for an un-merge.
repoints("people.HouseholdMember", "client", beside=("until",))
repoints("people.HouseholdMember", "guardian")
stays("people.Consent", "client", why=_EVIDENCE)
stays("people.CardAnswer", "client", why=_EVIDENCE)
stays("people.Merge", "survivor", why="history is not rewritten")
stays("people.Merge", "absorbed", why="history is not rewritten")
stays("people.PartingQuestion", "decided_for", why="history is not rewritten")
stays("people.ClientKey", "client", why="keys are made anew from what the card then says")
stays("people.Suggestion", "first", why="suggestions are made anew for the card that stays")
stays("people.Suggestion", "second", why="suggestions are made anew for the card that stays")
