"""All of a business's plan of messages, for whoever sets it: also the lines that count for single services."""

from __future__ import annotations

from uuid import UUID

from clientela.notify.models import MessageRule, Rule
from clientela.notify.queries.plan import STANDARD, PlanLine, line_of
from clientela.rules.message_timing import Timing, TimingKind, parse

_ORDER = {rule: place for place, rule in enumerate(Rule)}


def whole_plan(*, business_id: UUID) -> tuple[PlanLine, ...]:
    """Return every line that was set, or the standard plan: by kind, then from the earliest time on; one query."""
    rows = MessageRule.objects.filter(business_id=business_id).order_by("created_at", "id")
    lines = [line_of(one) for one in rows]
    return tuple(sorted(lines, key=_place)) if lines else STANDARD


def _place(line: PlanLine) -> tuple[int, str, int]:
    return _ORDER[line.rule], line.recipient, -_ahead(parse(line.timing))


def _ahead(timing: Timing) -> int:
    """How many minutes before the start a time lies, about; what comes after it is less than none."""
    if timing.kind is TimingKind.DAY_BEFORE:
        return timing.days * 1440 + 720 - timing.minute
    return -timing.minutes if timing.kind is TimingKind.AFTER else timing.minutes
