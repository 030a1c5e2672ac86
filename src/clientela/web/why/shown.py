"""A diagnosis as the page draws it: the answer in one sentence, then the checks, those that failed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

from clientela.notify.diagnosis.diagnose import Diagnosis
from clientela.notify.diagnosis.facts import Facts, Line
from clientela.notify.diagnosis.finding import Finding, Group, Reader, Verdict
from clientela.people.models import How
from clientela.people.phones import as_read
from clientela.rules.clock_time import is_known_zone
from clientela.web.design.shapes import Bead
from clientela.web.design.times import zone_city
from clientela.web.message_beads import proved
from clientela.web.message_words import message_title
from clientela.web.refusals import when
from clientela.web.states import Audience
from clientela.web.why.ways import Door, Way, ways_of
from clientela.web.why.words import SAYINGS

_ZONES: Final = frozenset({"place", "booking", "profile", "device"})
_NUMBERS: Final = frozenset({"number", "sender", "used", "card"})
_LOOKS: Final = {
    Verdict.PASS: ("check", "good"),
    Verdict.FAIL: ("ban", "stop"),
    Verdict.UNKNOWN: ("circle-question-mark", "none"),
}
GROUPS: Final[dict[Group, tuple[Promise, str]]] = {
    Group.SENDING: (pgettext_lazy("checks", "Sending"), "send"),
    Group.EMAIL: (pgettext_lazy("checks", "Email"), "mail"),
    Group.TEXT: (pgettext_lazy("checks", "Texts"), "message-square"),
    Group.PUSH: (pgettext_lazy("checks", "Notices on the device"), "bell"),
    Group.ZONE: (pgettext_lazy("checks", "Time zone and hour"), "globe"),
    Group.CHOICE: (pgettext_lazy("checks", "What the client chose"), "user-check"),
}
_YOURS: Final = pgettext_lazy("checks", "What you chose")
_HOW: Final = {
    How.ACTIVATION: pgettext_lazy("consent", "when activating the account"),
    How.BOOKING: pgettext_lazy("consent", "when booking"),
    How.PREFERENCES: pgettext_lazy("consent", "in their own pages"),
    How.STOP_LINK: pgettext_lazy("consent", "by the link in an email"),
    How.STAFF: pgettext_lazy("consent", "noted by the staff"),
    How.API: pgettext_lazy("consent", "by a program"),
    How.KEYWORD: pgettext_lazy("consent", "by text"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One check as it is read. ``is_first``: it is the answer."""

    name: str
    verdict: str
    title: str
    detail: str
    icon: str
    state: str
    ways: Sequence[Way]
    is_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What was asked about one thing: what to look at, and, folded, what is in order."""

    name: str
    title: str
    icon: str
    open_ones: Sequence[Item]
    passed: Sequence[Item]

    @property
    def passed_words(self) -> str:
        """How many are in order."""
        count = len(self.passed)
        return ngettext("%(count)s in order", "%(count)s in order", count) % {"count": count}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The whole page: ``first`` is the answer (None: nothing is wrong that a machine can see), ``missed`` its message."""

    first: Item | None
    missed: str
    summary: str
    sections: Sequence[Section]
    beads: Sequence[Bead]
    domains: Sequence[str]
    door: Door


def shown(diagnosis: Diagnosis, *, door: Door) -> Shown:
    """Draw a diagnosis for the reader of a door."""
    facts, cause = diagnosis.facts, diagnosis.cause
    items = [
        (one.group, _item(one, facts=facts, door=door, is_first=one is cause))
        for one in diagnosis.findings
    ]
    groups = dict.fromkeys(group for group, _item in items)
    return Shown(
        first=next((item for _group, item in items if item.is_first), None),
        missed=_line_words(diagnosis.missed, door) if diagnosis.missed else "",
        summary=_summary(diagnosis),
        sections=[
            _section(group, [item for mine, item in items if mine is group], door)
            for group in groups
        ],
        beads=[
            proved(line.traced, door.zone, audience=_audience(door))
            for line in reversed(facts.lines)
            if line.traced is not None
        ],
        domains=[f"@{domain.name}" for domain in facts.domains],
        door=door,
    )


def _audience(door: Door) -> Audience:
    return Audience.CLIENT if door.reader.is_client else Audience.STAFF


def _item(finding: Finding, *, facts: Facts, door: Door, is_first: bool) -> Item:
    title, detail = said(finding, reader=door.reader, zone=door.zone)
    icon, state = _LOOKS[finding.verdict]
    if finding.verdict is Verdict.FAIL and not finding.answer.bears:
        icon, state = "info", "wait"
    return Item(
        name=finding.check,
        verdict=finding.verdict.value,
        title=title,
        detail=detail,
        icon=icon,
        state=state,
        ways=ways_of(finding, facts=facts, door=door),
        is_first=is_first,
    )


def said(finding: Finding, *, reader: Reader, zone: str) -> tuple[str, str]:
    """The title of a finding and what is behind it, in the reader's language; moments in ``zone``."""
    saying = SAYINGS[finding.check, finding.verdict, finding.answer.word]
    values = {name: _plain(name, value, zone) for name, value in finding.answer.facts.items()}
    values |= _message(finding.answer.facts)
    title, detail = saying.to(reader)
    return str(title) % values, str(detail) % values


def _message(facts: Mapping[str, Any]) -> dict[str, str]:
    """The name of a message, where a finding is about one kind."""
    if "rule" not in facts:
        return {}
    return {"message": message_title(facts["rule"], facts["channel"], facts["timing"])}


def _plain(name: str, value: object, zone: str) -> str:
    """One fact as it is printed."""
    if isinstance(value, datetime):
        return when(value, zone)
    if isinstance(value, tuple):
        marks = "@" if name == "domains" else ""
        return ", ".join(f"{marks}{one}" for one in value)
    if isinstance(value, How):
        return str(_HOW[value])
    text = "" if value is None else str(value)
    if name in _NUMBERS and text.startswith("+"):
        return as_read(text)
    return zone_city(text) if name in _ZONES and is_known_zone(text) else text


def _section(group: Group, items: Sequence[Item], door: Door) -> Section:
    title, icon = GROUPS[group]
    if group is Group.CHOICE and door.reader.is_client:
        title = _YOURS
    return Section(
        name=group.value,
        title=str(title),
        icon=icon,
        open_ones=[one for one in items if one.verdict != Verdict.PASS],
        passed=[one for one in items if one.verdict == Verdict.PASS],
    )


def _summary(diagnosis: Diagnosis) -> str:
    failed = diagnosis.count(Verdict.FAIL)
    unknown = diagnosis.count(Verdict.UNKNOWN)
    passed = diagnosis.count(Verdict.PASS)
    parts = [
        ngettext("%(count)s not in order", "%(count)s not in order", failed) % {"count": failed},
        ngettext("%(count)s in order", "%(count)s in order", passed) % {"count": passed},
        ngettext(
            "%(count)s that only people can know", "%(count)s that only people can know", unknown
        )
        % {"count": unknown},
    ]
    return " · ".join(parts if failed else parts[1:])


def _line_words(line: Line, door: Door) -> str:
    """The message that is missing, and when it was or would have been."""
    title = message_title(line.rule, line.channel, line.timing)
    return _("%(what)s, %(when)s") % {"what": title, "when": when(line.at, door.zone)}
