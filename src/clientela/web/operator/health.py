"""What the operator's page shows: the doctor's findings and what waits for a person, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clientela.business.models import Business
from clientela.notify.queries.attention import ambiguous_messages, failed_messages
from clientela.platform.doctor import Finding, Grade, examine
from clientela.platform.installation import sending_held_since
from clientela.platform.models import OutboxEvent
from clientela.platform.outbox import given_up
from clientela.web.operator.reasons import Told, told

FAILURES_FOR = timedelta(days=7)
MOST_SHOWN = 50
ORDER = {Grade.BAD: 0, Grade.WARN: 1, Grade.OK: 2}


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the installation at one moment. Findings come worst first."""

    findings: list[Finding]
    held_since: datetime | None
    ambiguous: list[Told]
    failed: list[Told]
    events: list[OutboxEvent]
    businesses: list[Business]

    @property
    def bad(self) -> int:
        """How many things do not work."""
        return sum(finding.grade is Grade.BAD for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many things somebody should know."""
        return sum(finding.grade is Grade.WARN for finding in self.findings)

    @property
    def waiting(self) -> int:
        """How many things wait for a person's decision."""
        return len(self.ambiguous) + len(self.events) + bool(self.held_since)


def health(*, now: datetime) -> Health:
    """Ask the doctor and gather what waits; the number of queries does not grow with what is found."""
    return Health(
        findings=sorted(examine(now=now), key=lambda finding: ORDER[finding.grade]),
        held_since=sending_held_since(),
        ambiguous=[told(row) for row in ambiguous_messages(limit=MOST_SHOWN)],
        failed=[told(row) for row in failed_messages(since=now - FAILURES_FOR, limit=MOST_SHOWN)],
        events=list(given_up()[:MOST_SHOWN]),
        businesses=list(Business.objects.order_by("name")[:MOST_SHOWN]),
    )
