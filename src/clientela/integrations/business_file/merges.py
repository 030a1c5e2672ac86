"""Which cards became part of others and what each brought, so that they can be parted; and what was said of pairs."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clientela.integrations.business_file.fields import (
    Entry,
    Id,
    Instant,
    Key,
    LongText,
    Text1000,
    Word,
)

Value = Annotated[str, StringConstraints(max_length=300)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_-]{0,20}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Ids = list[Id]
Part = Literal[
    "clients", "contacts", "members", "guardians", "series", "appointments", "waiting", "conversations", "sales",
    "grants",
]  # fmt: skip
"""What may follow a card: sections of the file, and what stands inside their entries.

``guardians`` are members too: children whose guardian the card was.
"""


class RowsEntry(Entry):
    """Rows of the file, by their ids."""

    clients: Ids = []
    contacts: Ids = []
    members: Ids = []
    guardians: Ids = []
    series: Ids = []
    appointments: Ids = []
    waiting: Ids = []
    conversations: Ids = []
    sales: Ids = []
    grants: Ids = []


class ChangedEntry(Entry):
    """One word of a card, or of a contact, that the merge wrote: as text, before and after.

    Of a note only the lengths are told. ``bound_to`` says keys of professionals.
    """

    of: Literal["clients", "contacts"]
    id: Id
    word: Literal[
        "note", "language", "zone", "birthday", "bound_to", "notify_by", "wants_follow_up", "is_provisional",
        "for_notifications",
    ]  # fmt: skip
    before: Value = ""
    after: Value = ""

    @model_validator(mode="after")
    def _is_a_word_of_it(self) -> Self:
        if (self.of == "contacts") != (self.word == "for_notifications"):
            msg = f'has no word "{self.word}" that a merge changes'
            raise ValueError(msg)
        return self


class QuestionEntry(Entry):
    """A row born while the cards were one, of which nothing says whose it is; ``decided_for`` once somebody has said."""

    of: Part
    id: Id
    decided_for: Key | None = None
    decided_at: Instant | None = None


class MergeEntry(Entry):
    """The card ``absorbed`` became part of ``survivor``; ``undone_at`` says since when they are two again.

    ``brought`` are the rows that came with it, and such as were made since with its own log-in; ``stays``, those made
    since with the survivor's. All others that were born since are told apart by their addresses, or asked about.
    ``had_log_in``: somebody signed in to the card that went. While it ``hides``, what it brought is shown to the staff
    only, until ``shown_from``.
    """

    id: Id
    survivor: Key
    absorbed: Key
    proof: Literal["log-in", "staff", "both-owners"]
    by: Kind
    joined_at: Instant
    evidence: Text1000 = ""
    plan_digest: Digest = ""
    had_log_in: bool = False
    hides: bool = False
    shown_from: Instant | None = None
    brought: RowsEntry = RowsEntry()
    changed: list[ChangedEntry] = []
    stays: RowsEntry = RowsEntry()
    questions: list[QuestionEntry] = []
    undone_at: Instant | None = None
    undone_by: Kind = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.survivor == self.absorbed:
            msg = "a card is not part of itself"
            raise ValueError(msg)
        if self.hides and not (self.had_log_in and self.shown_from and self.undone_at is None):
            msg = 'only a standing merge of a card that "had_log_in" hides, and until "shown_from"'
            raise ValueError(msg)
        if self.questions and self.undone_at is None:
            msg = '"questions" are asked where cards were parted'
            raise ValueError(msg)
        if self.undone_at is not None and self.stays != RowsEntry():
            msg = '"stays" is told where cards may still be parted'
            raise ValueError(msg)
        return self


class SaidOfPairEntry(Entry):
    """What was said of two cards, and what the evidence weighed then; the newest of a pair holds.

    *different* is asked again only when six more bits have come.
    """

    first: Key
    second: Key
    verdict: Literal["same", "different", "household", "later", "open"]
    millibits: Annotated[int, Field(ge=-(2**31), lt=2**31)] = 0
    version: Annotated[int, Field(ge=0, lt=32768)]
    because: Word = ""
    note: Annotated[LongText, StringConstraints(max_length=500)] = ""
    by: Kind
    said_at: Instant

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if self.first == self.second:
            msg = "a pair is two cards"
            raise ValueError(msg)
        return self
