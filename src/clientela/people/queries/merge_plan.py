"""What joining two cards would do, exactly, before it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from clientela.accounts.models import Account
from clientela.business.models import Membership
from clientela.people.models import Client, Identifier, IdentifierKind, Proof
from clientela.people.movers import Mover, movers
from clientela.people.previews import Conflict, ServiceBalance, told
from clientela.platform.database import read_rows

REFUSABLE_FOR: Final = timedelta(hours=72)
"""How long the mailbox of a log-in that left its card may say "not me", and what came with the card stays hidden."""

BLANKS: Final = ("language", "zone", "birthday", "bound_to_id")
"""What the card that stays takes over where it says nothing itself."""

Key = UUID | str
"""An id: as such, or in the text in which SQLite keeps it."""

_SHOWN: Final = ("language", "zone", "birthday", "bound_to_id", "notify_by", "wants_follow_up")
_SAID: Final = (*_SHOWN, "record_name", "note", "account_id", "erased_at", "merged_into_id")


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of a table come along; ``label`` is the model's, such as ``booking.Appointment``."""

    table: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The preview of a merge. ``digest`` names everything it rests on: the merge is refused if that changed.

    ``refusal`` is the word for which it would be refused, or ``None``. ``hides``: the card that goes has a log-in,
    so what comes with it stays hidden from the client at first. ``ids`` are the rows that move, by mover.
    """

    digest: str
    moves: tuple[Moving, ...]
    balances: tuple[ServiceBalance, ...]
    conflicts: tuple[Conflict, ...]
    warnings: tuple[tuple[str, int], ...]
    refusal: str | None
    hides: bool
    ids: Mapping[Mover, list[Key]]

    @property
    def total(self) -> int:
        """How many rows come along."""
        return sum(one.count for one in self.moves)


def merge_plan(
    *, card: Client, into: Client, proof: Proof = Proof.STAFF, now: datetime
) -> MergePlan:
    """Return what it would mean that ``into`` takes up ``card``, in their business's scope. It changes nothing.

    The number of queries is fixed, whatever the two hold. Ask again under the locks for a decision.
    """
    ids = {mover: _that_move(mover, card=card, into=into) for mover in movers() if not mover.stays}
    hides = proof == Proof.STAFF and card.account_id is not None
    parts = told(card=card, into=into, hides=hides, now=now)
    balances = tuple(one for part in parts for one in part.balances)
    conflicts = (*_conflicts(card, into), *(one for part in parts for one in part.conflicts))
    return MergePlan(
        digest=_digest(card, into, ids=ids, rest=(balances, conflicts, hides)),
        moves=tuple(_moving(ids)),
        balances=balances,
        conflicts=conflicts,
        warnings=tuple(one for part in parts for one in part.warnings),
        refusal=refusal_of(card=card, into=into, proof=proof),
        hides=hides,
        ids=ids,
    )


def refusal_of(*, card: Client, into: Client, proof: Proof) -> str | None:
    """Return the word for which the two cannot be joined on this proof, or ``None``.

    Two log-ins are joined on their owners' word only; and the card of somebody who works here, or who runs the
    installation, is never joined by staff: nobody gains or loses a way in to the desk by it.
    """
    if card.pk == into.pk:
        return "same-card"
    if card.business_id != into.business_id:
        return "another-business"
    if any(one.merged_into_id or one.erased_at for one in (card, into)):
        return "card-gone"
    if card.account_id and (into.account_id or proof == Proof.LOG_IN) and proof != Proof.OWNERS:
        return "two-log-ins"
    if proof == Proof.STAFF and _works_here(card, into):
        return "linked-to-staff"
    return None


def _works_here(card: Client, into: Client) -> bool:
    accounts = [key for key in (card.account_id, into.account_id) if key]
    if not accounts:
        return False
    members = Membership.objects.filter(
        business=into.business_id, account__in=accounts, ended_at__isnull=True
    )
    of_installation = Account.objects.filter(Q(is_operator=True) | Q(is_support=True))
    return members.exists() or of_installation.filter(pk__in=accounts).exists()


def _that_move(mover: Mover, *, card: Client, into: Client) -> list[Key]:
    """Return the ids of a mover's rows at ``card``, in order, but those whose like ``into`` has already."""
    rows = mover.model._default_manager.filter(**{mover.column: card}).order_by("pk")
    if not mover.beside:
        # As the database keeps them: ten thousand are only counted, digested and written down again.
        return [key for (key,) in read_rows(*rows.values_list("pk").query.sql_with_params())]
    there = mover.model._default_manager.filter(**{mover.column: into})
    taken = set(there.values_list(*mover.beside))
    return [
        pk for pk, *values in rows.values_list("pk", *mover.beside) if tuple(values) not in taken
    ]


def _moving(ids: Mapping[Mover, list[Key]]) -> list[Moving]:
    return [
        Moving(mover.model._meta.db_table, mover.table, len(found))
        for mover, found in ids.items()
        if found
    ]


def _conflicts(card: Client, into: Client) -> list[Conflict]:
    """Return where both say something, and not the same; and what of the contacts both would be written to by."""
    found = [
        Conflict(name.removesuffix("_id").replace("_", "-"), str(here), str(there))
        for name in _SHOWN
        if (here := getattr(card, name)) not in ("", None)
        and (there := getattr(into, name)) not in ("", None)
        and here != there
    ]
    heard = Identifier.objects.filter(client__in=(card, into), for_notifications=True)
    rows = list(heard.order_by("created_at", "id").values_list("client_id", "kind", "value"))
    for kind in IdentifierKind.values:
        mine = next((value for key, of, value in rows if (key, of) == (card.pk, kind)), None)
        theirs = next((value for key, of, value in rows if (key, of) == (into.pk, kind)), None)
        if mine and theirs and mine != theirs:
            found.append(Conflict(kind, mine, theirs))
    return found


def _digest(card: Client, into: Client, *, ids: Mapping[Mover, list[Key]], rest: Any) -> str:  # noqa: ANN401 -- plain values, printed
    seen = hashlib.sha256()
    for one in (card, into):
        seen.update(repr([str(getattr(one, name)) for name in ("pk", *_SAID)]).encode())
    for mover, found in ids.items():
        seen.update(f"{mover.table}.{mover.column}:{len(found)}".encode())
        seen.update("".join(map(str, found)).encode())
    seen.update(repr(rest).encode())
    return seen.hexdigest()
