"""What a plan of messages may hold: which kind reaches whom, at what times, by which ways. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from clientela.notify.errors import PlanRefused
from clientela.notify.models import Recipient, Rule
from clientela.notify.queries.plan import PlanLine
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.rules.message_timing import TimingInvalid, TimingKind, parse

LineKey = tuple[Rule, Recipient, str, UUID | None]
"""Kind, recipient, timing, service: a plan has each once."""

_BEFORE: Final = frozenset({TimingKind.BEFORE, TimingKind.DAY_BEFORE})
TIMES: Final[Mapping[Rule, frozenset[TimingKind]]] = {
    Rule.REMINDER: _BEFORE,
    Rule.STAFF_REMINDER: _BEFORE,
    Rule.FOLLOW_UP: frozenset({TimingKind.AFTER}),
}
"""Kinds that wait for a time; every other speaks of a fact, at once."""
NEEDED: Final = frozenset({Rule.CHANGE, Rule.CANCELLATION})
"""Who comes at the wrong time comes in vain: the client gets these by e-mail, whatever else is switched off."""
CAN_BE_ADDED: Final = frozenset({*TIMES, Rule.BALANCE_LOW})
"""Kinds of which a business has none, one or several; the others are always in its plan, on or off."""
STAFF: Final = frozenset({Recipient.PROFESSIONAL, Recipient.DESK})


def key_of(line: PlanLine) -> LineKey:
    """Return what tells a line from all others of its plan."""
    return line.rule, line.recipient, line.timing, line.service_id


def ways_for(recipient: Recipient) -> tuple[str, ...]:
    """Return by what a recipient can be reached: clients by all ways, who works here by e-mail."""
    return (EMAIL, SMS, PUSH) if recipient is Recipient.CLIENT else (EMAIL,)


def is_later(line: PlanLine) -> bool:
    """Whether the line waits for a time of its own, so that it needs a worker that is awake then."""
    return line.rule in TIMES


def check_line(line: PlanLine) -> None:
    """Refuse ``PlanRefused`` what no line can be.

    ``recipient-refused`` (staff kinds are for staff), ``timing-refused`` (a reminder comes before), ``channel-missing``,
    ``channel-refused``.
    """
    is_staffs = line.rule.startswith("staff-")
    if (line.recipient in STAFF) != is_staffs:
        raise PlanRefused("recipient-refused", field="recipient")
    try:
        kind = parse(line.timing).kind
    except TimingInvalid as error:
        raise PlanRefused("timing-refused", field="timing") from error
    if kind not in TIMES.get(line.rule, frozenset({TimingKind.AT_ONCE})):
        raise PlanRefused("timing-refused", field="timing")
    if not line.channels:
        raise PlanRefused("channel-missing", field="channels", rule=line.rule.value)
    if set(line.channels) - set(ways_for(line.recipient)):
        raise PlanRefused("channel-refused", field="channels")


def changed_plan(
    before: Sequence[PlanLine],
    *,
    add: Sequence[PlanLine] = (),
    put: Sequence[PlanLine] = (),
    drop: Collection[LineKey] = (),
) -> list[PlanLine]:
    """Return the plan as it would be: ``drop`` first, then ``put`` (a line as it is to be), then ``add`` (a new one).

    Refuses ``PlanRefused`` what a line or the plan cannot be, and also: ``rule-unknown`` for a line that is not there,
    ``rule-stays`` for one that can only be switched off.
    """
    for line in (*add, *put):
        check_line(line)
    known = {key_of(one) for one in before}
    if any(key not in known for key in [*drop, *map(key_of, put)]):
        raise PlanRefused("rule-unknown")
    if any(rule not in CAN_BE_ADDED and service is None for rule, _who, _when, service in drop):
        raise PlanRefused("rule-stays")
    new = {key_of(one): one for one in put}
    kept = [new.get(key_of(one), one) for one in before if key_of(one) not in drop]
    check_plan([*kept, *add])
    return [*kept, *add]


def check_plan(lines: Iterable[PlanLine]) -> None:
    """Refuse a plan as a whole: ``rule-twice`` for the same line twice, ``rule-needed`` without what clients must hear."""
    plan = list(lines)
    for times in Counter(map(key_of, plan)).values():
        if times > 1:
            raise PlanRefused("rule-twice", field="timing")
    for rule in NEEDED:
        theirs = [one for one in plan if (one.rule, one.recipient) == (rule, Recipient.CLIENT)]
        for service in {None, *(one.service_id for one in theirs)}:
            if not any(_reaches(one) for one in theirs if one.service_id == service):
                raise PlanRefused("rule-needed", field="channels", rule=rule.value)


def _reaches(line: PlanLine) -> bool:
    return line.is_on and EMAIL in line.channels
