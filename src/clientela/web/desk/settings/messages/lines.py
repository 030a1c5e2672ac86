"""The plan of messages as a table of switches, and what somebody made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from clientela.catalogue.models import Service
from clientela.notify.errors import PlanRefused
from clientela.notify.models import Recipient
from clientela.notify.plan_rules import CAN_BE_ADDED, NEEDED, LineKey, key_of, ways_for
from clientela.notify.queries.plan import PlanLine
from clientela.notify.reach import EMAIL
from clientela.web.message_words import channel_icon, channel_name, rule_name, timing_words

SEPARATOR: Final = "."


@dataclass(frozen=True, slots=True)
class Tick:
    """One way of a line. A locked one cannot be taken away."""

    channel: str
    name: str
    icon: str
    is_on: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the page draws it; `key` names it in the form, and in the address of its own page."""

    line: PlanLine
    key: str
    name: str
    when: str
    service: str
    ticks: Sequence[Tick]
    is_on: bool
    is_locked: bool
    has_page: bool
    has_words: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines for one sort of reader."""

    key: str
    title: str
    words: str
    rows: Sequence[Row]
    is_clients: bool


def written_key(line: PlanLine) -> str:
    """Return a line's name in forms and addresses."""
    rule, recipient, timing, service = key_of(line)
    return SEPARATOR.join((rule, recipient, timing, str(service or "")))


def line_of_key(plan: Iterable[PlanLine], key: str) -> PlanLine:
    """Return the line that is meant; refuses ``PlanRefused`` (``rule-unknown``) where there is none."""
    for line in plan:
        if written_key(line) == key:
            return line
    raise PlanRefused("rule-unknown")


def groups_of(
    plan: Iterable[PlanLine], *, services: Mapping[UUID, Service], has_texts: bool
) -> list[Group]:
    """Return the table: what clients get, the professional, the front desk; what counts for single services comes last in each."""
    rows: dict[Recipient, list[Row]] = {one: [] for one in Recipient}
    ordered = sorted(plan, key=lambda one: one.service_id is not None)
    for line in ordered:
        if line.service_id is None or line.service_id in services:
            rows[line.recipient].append(_row(line, services, has_texts=has_texts))
    return [
        Group("clients", _("To clients"), "", rows[Recipient.CLIENT], is_clients=True),
        Group(
            "professional",
            _("To the professional"),
            _("Of what clients and programs do; not of what the desk did itself."),
            rows[Recipient.PROFESSIONAL],
            is_clients=False,
        ),
        Group(
            "desk",
            _("To the front desk"),
            _("At the address of the business."),
            rows[Recipient.DESK],
            is_clients=False,
        ),
    ]


def _row(line: PlanLine, services: Mapping[UUID, Service], *, has_texts: bool) -> Row:
    is_clients = line.recipient is Recipient.CLIENT
    needed = is_clients and line.rule in NEEDED
    return Row(
        line=line,
        key=written_key(line),
        name=rule_name(line.rule),
        when=timing_words(line.timing),
        service=services[line.service_id].name if line.service_id else "",
        ticks=[
            Tick(
                channel=one,
                name=channel_name(one),
                icon=channel_icon(one),
                is_on=one in line.channels,
                is_locked=needed and one == EMAIL,
            )
            for one in ways_for(line.recipient)
            if is_clients and (has_texts or one != "sms")
        ],
        is_on=line.is_on,
        is_locked=needed,
        has_page=line.rule in CAN_BE_ADDED or line.service_id is not None,
        has_words=is_clients,
    )


def asked_for(plan: Sequence[PlanLine], data: QueryDict, *, has_texts: bool) -> list[PlanLine]:
    """Return the lines that were shown and are to be otherwise, as they are to be.

    Lines that somebody else added meanwhile were not shown, and stay. A way that was not shown (texts, without a
    gateway) stays as it was. Refuses ``PlanRefused`` where a line was taken away meanwhile.
    """
    wanted = []
    for key in data.getlist("line"):
        line = line_of_key(plan, key)
        changed = _as_ticked(line, key, data, has_texts=has_texts)
        if changed != line:
            wanted.append(changed)
    return wanted


def _as_ticked(line: PlanLine, key: str, data: QueryDict, *, has_texts: bool) -> PlanLine:
    needed = line.recipient is Recipient.CLIENT and line.rule in NEEDED
    is_on = needed or key in data.getlist("on")
    if line.recipient is not Recipient.CLIENT:
        return replace(line, is_on=is_on)
    ways = tuple(
        one
        for one in ways_for(line.recipient)
        if (needed and one == EMAIL)
        or (
            one in line.channels
            if one == "sms" and not has_texts
            else key in data.getlist(f"by-{one}")
        )
    )
    # What is switched off keeps its ways, so that switching it on again brings them back.
    return replace(line, is_on=is_on, channels=ways if ways or is_on else line.channels)


def dropped(line: PlanLine) -> list[LineKey]:
    """Return what names a line to the action that takes it away."""
    return [key_of(line)]
