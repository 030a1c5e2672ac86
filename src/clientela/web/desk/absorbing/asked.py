"""What the staff are asked after a parting, in words: what it is, and whose it may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, WaitingEntry
from clientela.conversations.models import Conversation
from clientela.ledger.models import Sale
from clientela.people.models import Client, Identifier, PartingQuestion
from clientela.web.design import times


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One question: what it is about, and the two cards as they are called."""

    question: PartingQuestion
    what: str
    detail: str
    icon: str
    parted: Client
    stayed: Client


def _visit(one: Appointment, zone: str) -> tuple[str, str]:
    when = f"{times.short_day_and_year(one.starts_at, zone)}, {times.clock(one.starts_at, zone)}"
    return one.service.name, f"{when} ({times.zone_city(zone)})"


def _sale(one: Sale, zone: str) -> tuple[str, str]:
    return one.name, times.short_day_and_year(one.sold_on)


def _contact(one: Identifier, zone: str) -> tuple[str, str]:
    return one.written, times.short_day_and_year(one.created_at, zone)


def _thread(one: Conversation, zone: str) -> tuple[str, str]:
    return one.address, times.short_day_and_year(one.last_at, zone)


def _wait(one: WaitingEntry, zone: str) -> tuple[str, str]:
    return one.service.name, times.short_day_and_year(one.first_day)


_KINDS: Final[Mapping[str, tuple[Any, str, Callable[[Any, str], tuple[str, str]]]]] = {
    model._meta.db_table: (model, icon, words)
    for model, icon, words in (
        (Appointment, "calendar", _visit),
        (Sale, "receipt", _sale),
        (Identifier, "mail", _contact),
        (Conversation, "message-square", _thread),
        (WaitingEntry, "hourglass", _wait),
    )
}
_WITH: Final = {Appointment: ("service",), WaitingEntry: ("service",)}


def asked_of(questions: Sequence[PartingQuestion], *, zone: str) -> list[Asked]:
    """Return the questions as they are drawn; one query for each table asked about."""
    rows: dict[UUID, Any] = {}
    for table, (model, _icon, _words) in _KINDS.items():
        ids = [one.row_id for one in questions if one.of_table == table]
        if ids:
            rows |= model.objects.select_related(*_WITH.get(model, ())).in_bulk(ids)
    return [_asked(one, rows.get(one.row_id), zone) for one in questions]


def _asked(question: PartingQuestion, row: object, zone: str) -> Asked:
    _model, icon, words = _KINDS.get(question.of_table, (None, "circle-help", None))
    what, detail = words(row, zone) if words and row is not None else (_("An entry"), "")
    return Asked(
        question=question,
        what=what,
        detail=detail,
        icon=icon,
        parted=question.merge.absorbed,
        stayed=question.merge.survivor,
    )
