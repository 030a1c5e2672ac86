"""What somebody may read who holds nothing but an appointment's link: that appointment, and no address whole.

A link is forwarded, and who booked may have typed a stranger's address. So what the business knows from other
occasions is left out before the checks are asked, and every address that they name is masked after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from clientela.notify.diagnosis.facts import Facts, Line, Mailbox, Phone
from clientela.notify.diagnosis.finding import Finding
from clientela.notify.models import Reason
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.rules.zone_choice import ZoneSource

_SHOWN_DIGITS: Final = 2
_HIDDEN: Final = frozenset({"since", "how", "host"})
_ADDRESSES: Final = frozenset({"address", "used", "meant", "number", "card"})
# Only these endings of a message speak of its address; with any other, what is known of it comes from elsewhere.
_TROUBLES: Final = frozenset(
    {Reason.OPTED_OUT, Reason.BOUNCED_HARD, Reason.LANDLINE, Reason.INVALID_NUMBER}
)


def narrowed(facts: Facts) -> Facts:
    """Leave only what this appointment and its own messages say; devices are an account's. Pure."""
    zones, wishes = facts.zones, facts.wishes
    counts = zones.told_from is ZoneSource.PROFILE
    return replace(
        facts,
        lines=tuple(line for line in facts.lines if line.channel != PUSH),
        mailbox=_mailbox(facts.mailbox, facts.lines),
        phone=_phone(facts.phone, facts.lines),
        gateway=replace(facts.gateway, unread=0) if facts.gateway else None,
        zones=zones if counts else replace(zones, profile=""),
        wishes=replace(
            wishes, has_account=False, welcomed_at=None, consented_at=None, consented_how=None
        ),
        devices=0,
    )


def without_addresses(finding: Finding) -> Finding:
    """Return the finding with every address masked and every other moment of the person's left out. Pure."""
    facts = finding.answer.facts
    return replace(finding, answer=replace(finding.answer, facts=_masked(facts)))


def mask(address: str) -> str:
    """Return ``m…@g…`` of an e-mail address and ``…12`` of a number: enough for whoever knows it. Blank stays blank."""
    if not address:
        return ""
    local, at, host = address.partition("@")
    if at:
        return f"{local[:1]}…@{host[:1]}…"
    return f"…{address[-_SHOWN_DIGITS:]}"


def _masked(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: mask(value) if name in _ADDRESSES else "" if name in _HIDDEN else value
        for name, value in facts.items()
    }


def _mailbox(box: Mailbox, lines: Iterable[Line]) -> Mailbox:
    return box if _is_said(EMAIL, lines) else replace(box, trouble=None, since=None)


def _phone(phone: Phone, lines: tuple[Line, ...]) -> Phone:
    arrived = [line.at for line in lines if line.channel == SMS and line.reason is Reason.DELIVERED]
    known = phone if _is_said(SMS, lines) else replace(phone, trouble=None, since=None)
    return replace(
        known, others=(), delivered_at=max(arrived, default=None) if phone.delivered_at else None
    )


def _is_said(channel: str, lines: Iterable[Line]) -> bool:
    """Whether one of the appointment's messages ended, or would, for the state of its address."""
    return any(line.channel == channel and line.reason in _TROUBLES for line in lines)
