"""What the operator's page shows: the doctor's findings and what waits for a person, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Business
from clientela.notify.queries.attention import ambiguous_messages, failed_messages
from clientela.notify.queries.queues import Queue, queues
from clientela.notify.queries.text_spends import Spend, text_spends
from clientela.platform.doctor import Finding, Grade, examine
from clientela.platform.installation import sending_held_since
from clientela.platform.models import OutboxEvent, WorkerHeartbeat
from clientela.platform.outbox import given_up
from clientela.web.operator.reasons import Told, told

FAILURES_FOR = timedelta(days=7)
MOST_SHOWN = 50
ORDER = {Grade.BAD: 0, Grade.WARN: 1, Grade.OK: 2}
GROUPS: dict[str, tuple[str | Promise, frozenset[str]]] = {
    "messages": (
        _("Messages"),
        frozenset(
            {
                "mail-server",
                "mail-sender",
                "mail-domain",
                "messages",
                "bounces",
                "copies",
                "text-gateways",
                "text-network",
                "push-keys",
                "sending",
            }
        ),
    ),
    "time": (
        _("Time"),
        frozenset({"zone-data", "zone-data-newer", "promises", "clock", "clock-skew"}),
    ),
    "work": (_("Work in the background"), frozenset({"worker", "outbox"})),
    "ground": (_("Database, disk and network"), frozenset()),
}
"""The doctor's questions by what they are about; whatever is in no other group is in the last."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one thing, worst first."""

    name: str
    findings: list[Finding]

    @property
    def grade(self) -> Grade:
        """The worst of them."""
        return self.findings[0].grade


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the installation at one moment. Findings come worst first."""

    findings: list[Finding]
    held_since: datetime | None
    ambiguous: list[Told]
    failed: list[Told]
    events: list[OutboxEvent]
    businesses: list[Business]
    queues: list[Queue]
    workers: list[WorkerHeartbeat]
    spends: list[Spend]

    @property
    def groups(self) -> list[Group]:
        """The findings by what they are about, the group with the worst first."""
        found = [
            Group(str(name), _of(self.findings, key)) for key, (name, _checks) in GROUPS.items()
        ]
        return sorted((one for one in found if one.findings), key=lambda one: ORDER[one.grade])

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
        findings=sorted(examine(now=now, afresh=False), key=lambda finding: ORDER[finding.grade]),
        held_since=sending_held_since(),
        ambiguous=[told(row) for row in ambiguous_messages(limit=MOST_SHOWN)],
        failed=[told(row) for row in failed_messages(since=now - FAILURES_FOR, limit=MOST_SHOWN)],
        events=list(given_up()[:MOST_SHOWN]),
        businesses=list(Business.objects.order_by("name")[:MOST_SHOWN]),
        queues=queues(now=now),
        workers=list(WorkerHeartbeat.objects.order_by("-beat_at")[:MOST_SHOWN]),
        spends=text_spends(now=now),
    )


def _of(findings: list[Finding], key: str) -> list[Finding]:
    others = frozenset[str]().union(*(checks for _name, checks in GROUPS.values()))
    _name, checks = GROUPS[key]
    return [
        one for one in findings if one.check in checks or (not checks and one.check not in others)
    ]
