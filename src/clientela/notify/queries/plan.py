"""The plan of messages: which are sent to whom, when and how, as a business has set it or as is usual.

A plan is a list of lines; there is a row of ``Message`` for each line, recipient and channel, also where the line
is switched off. A service with lines of its own for a kind and recipient has those instead of the business's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from clientela.notify.models import MessageRule, Recipient, Rule, TextGateway
from clientela.notify.reach import EMAIL, PUSH, SMS


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line. ``timing`` is a word of ``rules/message_timing.py``; without a service it counts for all that have none."""

    rule: Rule
    recipient: Recipient
    timing: str = ""
    channels: tuple[str, ...] = (EMAIL,)
    is_on: bool = True
    service_id: UUID | None = None


_ALL: Final = (EMAIL, SMS, PUSH)
_WITH_TEXTS: Final = frozenset(_ALL)
_WITHOUT_TEXTS: Final = frozenset({EMAIL, PUSH})
_KINDS: Final = {rule: place for place, rule in enumerate(Rule)}
_PEOPLE: Final = {recipient: place for place, recipient in enumerate(Recipient)}
_STAFF_RULES: Final = (
    Rule.STAFF_BOOKED,
    Rule.STAFF_REQUESTED,
    Rule.STAFF_MOVED,
    Rule.STAFF_CANCELLED,
)

STANDARD: Final[tuple[PlanLine, ...]] = (
    PlanLine(rule=Rule.CONFIRMATION, recipient=Recipient.CLIENT),
    PlanLine(rule=Rule.REQUEST_RECEIVED, recipient=Recipient.CLIENT),
    PlanLine(rule=Rule.REQUEST_CONFIRMED, recipient=Recipient.CLIENT),
    PlanLine(rule=Rule.REQUEST_DECLINED, recipient=Recipient.CLIENT),
    PlanLine(rule=Rule.CHANGE, recipient=Recipient.CLIENT, channels=_ALL),
    PlanLine(rule=Rule.CANCELLATION, recipient=Recipient.CLIENT, channels=_ALL),
    PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:1440", channels=_ALL),
    PlanLine(rule=Rule.WAITING_LIST_OFFER, recipient=Recipient.CLIENT, channels=_ALL),
    *(
        PlanLine(rule=rule, recipient=recipient)
        for rule in _STAFF_RULES
        for recipient in (Recipient.PROFESSIONAL, Recipient.DESK)
    ),
)
"""What holds until a business changes its plan; the first change writes all of it as rows."""


Countries = Mapping[UUID, frozenset[str]]
"""To which countries (two letters) each business sends texts; one without a gateway is not in it."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of several businesses, and to which countries each sends texts."""

    lines: Mapping[UUID, Sequence[PlanLine]] = field(default_factory=dict)
    countries: Countries = field(default_factory=dict)

    def channels(self, business_id: UUID) -> frozenset[str]:
        """By what the business can reach people."""
        return _WITH_TEXTS if business_id in self.countries else _WITHOUT_TEXTS

    def of(self, *, business_id: UUID, service_id: UUID | None) -> tuple[PlanLine, ...]:
        """Return the lines that count for a service, in the order of kinds and times."""
        return for_service(self.lines.get(business_id, STANDARD), service_id=service_id)


def for_service(lines: Iterable[PlanLine], *, service_id: UUID | None) -> tuple[PlanLine, ...]:
    """Return the lines of a plan that count for a service: its own, and the business's where it has none of its own."""
    mine = [one for one in lines if one.service_id in {None, service_id}]
    own = {(one.rule, one.recipient) for one in mine if one.service_id is not None}
    return tuple(
        one for one in mine if one.service_id is not None or (one.rule, one.recipient) not in own
    )


def plan_of(*, business_id: UUID, service_id: UUID | None = None) -> tuple[PlanLine, ...]:
    """Return the plan that counts for a service of the business, or for none in particular; one query."""
    lines = _lines([business_id])
    return for_service(lines.get(business_id, STANDARD), service_id=service_id)


def plans_of(*, business_ids: Iterable[UUID]) -> Plans:
    """Return the plans of these businesses with their channels; two queries."""
    wanted = set(business_ids)
    return Plans(lines=_lines(wanted), countries=countries_of(business_ids=wanted))


def channels_of(*, business_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Return by what each business can reach people: texts only with an open gateway; one query."""
    wanted = set(business_ids)
    plans = Plans(countries=countries_of(business_ids=wanted))
    return {one: plans.channels(one) for one in wanted}


def countries_of(*, business_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Return to which countries each business with an open gateway sends texts; one query."""
    rows = TextGateway.objects.filter(business_id__in=set(business_ids), ended_at__isnull=True)
    return {
        business: frozenset(one.upper() for one in countries)
        for business, countries in rows.values_list("business_id", "countries")
    }


def _lines(businesses: Collection[UUID]) -> dict[UUID, list[PlanLine]]:
    found: dict[UUID, list[PlanLine]] = defaultdict(list)
    rows = MessageRule.objects.filter(business_id__in=businesses)
    for row in rows.order_by("created_at", "id"):
        found[row.business_id].append(line_of(row))
    for lines in found.values():
        lines.sort(key=lambda one: (_KINDS[one.rule], _PEOPLE[one.recipient]))
    return dict(found)


def line_of(row: MessageRule) -> PlanLine:
    """Return a stored rule as a line."""
    by = ((EMAIL, row.by_email), (SMS, row.by_sms), (PUSH, row.by_push))
    return PlanLine(
        rule=Rule(row.rule),
        recipient=Recipient(row.recipient),
        timing=row.timing,
        channels=tuple(name for name, is_on in by if is_on),
        is_on=row.is_on,
        service_id=row.service_id,
    )
