"""Ask every check in the order of the article, and say which answer is the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.notify.diagnosis import (
    choice_checks,
    email_checks,
    push_checks,
    sending_checks,
    text_checks,
    zone_checks,
)
from clientela.notify.diagnosis.causes import cause_of
from clientela.notify.diagnosis.facts import Facts, Line
from clientela.notify.diagnosis.finding import Check, Finding, Group, Reader, Verdict
from clientela.notify.diagnosis.for_guest import narrowed, without_addresses
from clientela.notify.diagnosis.gather import gather
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.people.models import Client

CHECKS: Final[tuple[Check, ...]] = (
    *sending_checks.CHECKS,
    *email_checks.CHECKS,
    *text_checks.CHECKS,
    *push_checks.CHECKS,
    *zone_checks.CHECKS,
    *choice_checks.CHECKS,
)
_BY_CHANNEL: Final = {Group.EMAIL: EMAIL, Group.TEXT: SMS, Group.PUSH: PUSH}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in the order of asking."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def cause(self) -> Finding | None:
        """The first finding that can be why, or None if nothing that a machine can see is wrong."""
        return next((finding for finding in self.findings if finding.is_cause), None)

    @property
    def missed(self) -> Line | None:
        """The newest message that the cause kept away, if it left a trace of one."""
        cause = self.cause
        lines = [
            line
            for line in self.facts.lines
            if cause and cause_of(line.channel, line.reason, line.because) == cause.check
        ]
        return max(lines, key=lambda line: line.at, default=None)

    def count(self, verdict: Verdict) -> int:
        """How many checks ended so."""
        return sum(finding.verdict is verdict for finding in self.findings)


def diagnose(
    *,
    appointment: Appointment | None = None,
    client: Client | None = None,
    reader: Reader,
    now: datetime,
    asked: str = "",
    device_zone: str = "",
    only_with: UUID | None = None,
) -> Diagnosis:
    """Run every check for one appointment, or for a client: of what is ahead and the last visit before.

    ``asked`` is the channel that was missed (blank: any); the others' own checks are then left out.
    ``device_zone`` is the zone of whoever asks; with ``only_with``, of a client only that professional's appointments
    are looked at. The number of queries does not grow with what is found, and the
    network is never asked. Opening it changes nothing.
    """
    facts = gather(
        appointment=appointment,
        client=client,
        now=now,
        asked=asked,
        device_zone=device_zone,
        only_with=only_with,
        sees_hidden=reader is Reader.STAFF,
    )
    return examine(facts, reader=reader)


def examine(facts: Facts, *, reader: Reader) -> Diagnosis:
    """Ask the checks about facts that were gathered; a guest reads less of them, and no address whole. Pure."""
    is_guest = reader is Reader.GUEST
    facts = narrowed(facts) if is_guest else facts
    found = (
        Finding(check.name, check.group, check.ask(facts))
        for check in CHECKS
        if reader in check.readers and _concerns(check, facts.asked)
    )
    return Diagnosis(facts, tuple(without_addresses(one) if is_guest else one for one in found))


def _concerns(check: Check, asked: str) -> bool:
    return not asked or _BY_CHANNEL.get(check.group, asked) == asked
