"""What a fact asks for: lines of the plan × recipients × channels, each with the decision about it.

The one place where this product is made. Planning writes it as rows, the forecast shows it before anything is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from clientela.business.models import Professional
from clientela.notify.decisions import LATER, Case, Present, Verdict, decide
from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.occasions import Occasion
from clientela.notify.queries.circumstances import Circumstances, circumstances
from clientela.notify.queries.client_policy import client_policy
from clientela.notify.queries.plan import PlanLine, for_service
from clientela.notify.queries.reaches import Reaches, reaches_of
from clientela.notify.queries.recipients import Addressee, addressees
from clientela.notify.reach import CHANNELS, Reach
from clientela.rules import message_timing
from clientela.rules.lifecycle import Status

PREVIOUS = "previous_professional_id"
"""The word in an occasion's facts under which the professional stands who had it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One message there is to be: the line that asks for it, for whom, by what, and when.

    ``verdict`` is what its row says when it is planned: what waits for a time of its own stays open until then.
    """

    occasion: Occasion
    line: PlanLine
    addressee: Addressee
    reach: Reach
    due_at: datetime
    case: Case
    verdict: Verdict

    @property
    def is_later(self) -> bool:
        """Whether it waits for a time of its own."""
        return self.line.rule in LATER

    def outlook(self, *, now: datetime) -> Verdict:
        """Say what it will come to if nothing changes before it is due."""
        if not self.verdict.goes or not self.is_later:
            return self.verdict
        present = Present(status=Status(self.occasion.appointment.status))
        later = replace(self.case, happened_at=None, present=present)
        return decide(case=later, now=max(self.due_at, now))


def planned_lines(
    *, occasions: Sequence[Occasion], plan: Sequence[PlanLine] | None = None, now: datetime
) -> list[PlannedLine]:
    """Return every message these occasions ask for, in the order of occasions, lines and recipients.

    Also those that will not be sent. A fixed number of queries for all of them (ten, and one for who had a moved
    appointment before). ``plan`` tries another plan than the one that is stored. Two recipients among the staff
    with one address get one message: the first in the order professional, desk.
    """
    if not occasions:
        return []
    given = _given(occasions)
    before = _previous(occasions)
    asked = list(_asked(occasions, given, before, plan))
    targets = {addressee.target: None for _, _, addressee in asked}
    reaches = dict(
        zip(
            targets,
            reaches_of(targets=list(targets), countries=given.plans.countries),
            strict=True,
        )
    )
    found = [
        planned
        for occasion, line, addressee in asked
        for planned in _by_channels(
            occasion, line, addressee, reaches[addressee.target], given, now
        )
    ]
    return _without_doubles(found)


def _given(occasions: Sequence[Occasion]) -> Circumstances:
    businesses = {one.appointment.business_id for one in occasions}
    return circumstances(
        business_ids=businesses,
        cards=[one.appointment.client for one in occasions],
        policies={one: client_policy(one) for one in businesses},
    )


def _previous(occasions: Iterable[Occasion]) -> dict[str, Professional]:
    """Return who had moved appointments before, by the text of their ids."""
    wanted = {
        one.facts[PREVIOUS]
        for one in occasions
        if one.facts.get(PREVIOUS, str(one.appointment.professional_id))
        != str(one.appointment.professional_id)
    }
    if not wanted:
        return {}
    rows = Professional.objects.select_related("account")
    return {str(one.pk): one for one in rows.filter(pk__in=[UUID(key) for key in wanted])}


def _asked(
    occasions: Iterable[Occasion],
    given: Circumstances,
    before: dict[str, Professional],
    plan: Sequence[PlanLine] | None,
) -> Iterator[tuple[Occasion, PlanLine, Addressee]]:
    """The lines that speak on each occasion, for everybody whom they are for."""
    for occasion in occasions:
        appointment = occasion.appointment
        previous = before.get(occasion.facts.get(PREVIOUS, ""))
        everybody = addressees(
            appointment=appointment,
            reader=given.reader(appointment),
            client_zone=given.zone(appointment),
            previous=[previous] if previous else [],
        )
        lines = (
            given.plans.of(business_id=appointment.business_id, service_id=appointment.service_id)
            if plan is None
            else for_service(plan, service_id=appointment.service_id)
        )
        for line in lines:
            if occasion.asks_for(rule=line.rule, recipient=line.recipient):
                for addressee in everybody:
                    if _is_for(line, addressee, occasion):
                        yield occasion, line, addressee


def _is_for(line: PlanLine, addressee: Addressee, occasion: Occasion) -> bool:
    """Whoever had the appointment before hears that it was moved, and is not reminded of it."""
    if line.recipient is not addressee.recipient:
        return False
    is_giver = line.recipient is Recipient.PROFESSIONAL
    giver = occasion.appointment.professional_id
    return not (is_giver and line.rule in LATER) or addressee.id == giver


def _by_channels(
    occasion: Occasion,
    line: PlanLine,
    addressee: Addressee,
    reaches: Reaches,
    given: Circumstances,
    now: datetime,
) -> Iterator[PlannedLine]:
    """One for each channel that both the line and the business have."""
    appointment = occasion.appointment
    has = given.plans.channels(appointment.business_id)
    due_at = message_timing.due_at(
        timing=message_timing.parse(line.timing),
        happened_at=now,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        zone=appointment.promised_zone,
    )
    for channel in CHANNELS:
        if channel in line.channels and channel in has:
            case = _case(occasion, line, reaches[channel], given, due_at)
            yield PlannedLine(
                occasion=occasion,
                line=line,
                addressee=addressee,
                reach=reaches[channel],
                due_at=due_at,
                case=case,
                verdict=_at_planning(case, now),
            )


def _case(
    occasion: Occasion, line: PlanLine, reach: Reach, given: Circumstances, due_at: datetime
) -> Case:
    appointment = occasion.appointment
    is_clients = line.recipient is Recipient.CLIENT
    is_low = line.rule is Rule.BALANCE_LOW
    return Case(
        rule=line.rule,
        reach=reach,
        due_at=due_at,
        starts_at=appointment.starts_at,
        off=given.held(appointment.business_id) or ("" if line.is_on else "switched-off"),
        happened_at=occasion.happened_at,
        wishes=given.wishes(
            appointment=appointment, reach=reach, rule=line.rule, books=occasion.is_word
        )
        if is_clients
        else None,
        is_told_elsewhere=occasion.is_low_told
        if is_low
        else occasion.is_carried and line.rule not in LATER,
    )


def _at_planning(case: Case, now: datetime) -> Verdict:
    """What waits for its time is not decided before; only that there is no such time, or no such line, is known now."""
    is_open = (
        case.rule in LATER
        and not case.off
        and case.happened_at is not None
        and case.due_at > case.happened_at
    )
    return Verdict(reason=Reason.QUEUED) if is_open else decide(case=case, now=now)


def _without_doubles(lines: Iterable[PlannedLine]) -> list[PlannedLine]:
    """Let one address hear one thing once among the staff; a client who also works here is still a client."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for one in lines:
        heard = one
        if one.verdict.goes and one.line.recipient is not Recipient.CLIENT and one.reach.address:
            key = (
                one.occasion.appointment.pk,
                one.occasion.fact,
                one.line.rule,
                one.line.timing,
                one.reach.channel,
                one.reach.address.casefold(),
            )
            if key in seen:
                heard = replace(one, verdict=Verdict(reason=Reason.DUPLICATE_SUPPRESSED))
            seen.add(key)
        found.append(heard)
    return found
