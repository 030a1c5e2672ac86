"""The ways out, as buttons and links: what each is called, and where it leads at whose door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.notify.diagnosis.facts import Facts
from clientela.notify.diagnosis.finding import Finding, Fix, Reader
from clientela.notify.trial_letters import start_link
from clientela.people.phones import NumberKind

Text = Promise | str


@dataclass(frozen=True, slots=True)
class Label:
    """What a way out is called, to staff and to the client, with its picture."""

    staff: Text
    icon: str
    you: Text = ""


LABELS: Final[dict[Fix, Label]] = {
    Fix.SEND_AGAIN: Label(pgettext_lazy("fix", "Send it again"), "send"),
    Fix.TEST_MAIL: Label(
        pgettext_lazy("fix", "Send a test email"), "mail", pgettext_lazy("fix", "Send me a test")
    ),
    Fix.TEST_TEXT: Label(pgettext_lazy("fix", "Send a test text"), "message-square"),
    Fix.MAIL_START: Label(pgettext_lazy("fix", "Email them the START link"), "mail"),
    Fix.START_WORDS: Label(pgettext_lazy("fix", "Text START"), "message-square"),
    Fix.OPEN_EMAIL: Label(pgettext_lazy("fix", "Open the address again"), "rotate-ccw"),
    Fix.OPEN_NUMBER: Label(pgettext_lazy("fix", "Try the number again"), "rotate-ccw"),
    Fix.CORRECT_EMAIL: Label(pgettext_lazy("fix", "Correct the email address"), "pencil"),
    Fix.CORRECT_NUMBER: Label(pgettext_lazy("fix", "Correct the number"), "pencil"),
    Fix.CORRECT_ZONE: Label(
        pgettext_lazy("fix", "Change the zone of the profile"),
        "pencil",
        pgettext_lazy("fix", "Change my zone"),
    ),
    Fix.CORRECT_APPOINTMENT: Label(pgettext_lazy("fix", "Move the appointment"), "calendar-clock"),
    Fix.LOCK_ZONE: Label(pgettext_lazy("fix", "Open the settings of zones"), "settings"),
    Fix.CHOOSE_EMAIL: Label(
        pgettext_lazy("fix", "The client wants email"),
        "check",
        pgettext_lazy("fix", "Write to me by email"),
    ),
    Fix.CHOOSE_BOTH: Label(
        pgettext_lazy("fix", "The client wants email and text"),
        "check",
        pgettext_lazy("fix", "Email and text, please"),
    ),
    Fix.WELCOME: Label(
        pgettext_lazy("fix", "Send the welcome email"),
        "send",
        pgettext_lazy("fix", "Choose my messages"),
    ),
    Fix.PROVE: Label(
        pgettext_lazy("fix", "Confirm the address"),
        "mail-check",
        pgettext_lazy("fix", "Confirm my address"),
    ),
    Fix.RULES: Label(pgettext_lazy("fix", "Open the plan of messages"), "settings"),
    Fix.GATE: Label(pgettext_lazy("fix", "Open the setting"), "settings"),
    Fix.GATEWAY: Label(pgettext_lazy("fix", "Open the settings of texts"), "settings"),
    Fix.INBOX: Label(pgettext_lazy("fix", "Open the messages"), "message-square"),
    Fix.DEVICES: Label(
        pgettext_lazy("fix", "Notices"), "bell", pgettext_lazy("fix", "Switch notices on")
    ),
}
"""What can be pressed. The safe list and whom to ask are words, not buttons."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One button of a form that is sent, or a link; ``messages`` travel with the form."""

    fix: str
    label: str
    icon: str
    url: str = ""
    messages: tuple[UUID, ...] = ()

    @property
    def is_form(self) -> bool:
        """Whether pressing it acts."""
        return not self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """Where somebody asks: who reads, in which zone, what they may press, and where links lead.

    ``acts`` are the ways out that are one press here, ``links`` the addresses of the others; what is in neither
    is not offered. ``fix_url`` takes the press.
    """

    reader: Reader
    zone: str
    fix_url: str
    acts: frozenset[Fix]
    links: Mapping[Fix, str]
    fields: Mapping[str, str]


def ways_of(finding: Finding, *, facts: Facts, door: Door) -> list[Way]:
    """Return what can be pressed for a finding at a door, the best first."""
    found = (_way(fix, finding, facts, door) for fix in finding.fixes)
    return [way for way in found if way is not None]


def _way(fix: Fix, finding: Finding, facts: Facts, door: Door) -> Way | None:
    if fix not in LABELS or not _is_possible(fix, finding, facts):
        return None
    url = door.links.get(fix, "")
    if fix is Fix.START_WORDS and door.reader.is_client and facts.gateway:
        url = start_link(facts.gateway.sender)
    if not url and fix not in door.acts:
        return None
    label = LABELS[fix]
    words = label.you if door.reader.is_client and label.you else label.staff
    messages = finding.answer.messages if fix is Fix.SEND_AGAIN else ()
    return Way(fix=fix.value, label=str(words), icon=label.icon, url=url, messages=messages)


_NEEDS: Final[dict[Fix, Callable[[Facts, Finding], bool]]] = {
    Fix.SEND_AGAIN: lambda _facts, finding: bool(finding.answer.messages),
    Fix.TEST_MAIL: lambda facts, _finding: _takes_mail(facts),
    Fix.MAIL_START: lambda facts, _finding: _takes_mail(facts) and facts.gateway is not None,
    Fix.TEST_TEXT: lambda facts, _finding: _takes_texts(facts),
    Fix.CORRECT_APPOINTMENT: lambda facts, _finding: facts.is_ahead,
    Fix.CHOOSE_BOTH: lambda facts, _finding: facts.gateway is not None,
}


def _is_possible(fix: Fix, finding: Finding, facts: Facts) -> bool:
    """Whether pressing it could do anything."""
    needs = _NEEDS.get(fix)
    return needs is None or needs(facts, finding)


def _takes_mail(facts: Facts) -> bool:
    return bool(facts.mailbox.address) and facts.mailbox.trouble is None


def _takes_texts(facts: Facts) -> bool:
    phone = facts.phone
    is_number = phone.kind in {NumberKind.MOBILE, NumberKind.UNKNOWN}
    return facts.gateway is not None and is_number and phone.trouble is None
