"""Which check explains which reason of the trace: the trace says what became of a message, the check what to do."""

from __future__ import annotations

from typing import Final

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.models import Reason
from clientela.notify.reach import EMAIL, PUSH, SMS

_ANY: Final = ""
_CAUSES: Final[dict[Reason, dict[str, str]]] = {
    Reason.NOT_ACTIVATED: {_ANY: "activated"},
    Reason.OPTED_OUT: {SMS: "text-not-stopped", _ANY: "email-welcome"},
    Reason.CHANNEL_OFF_BY_CLIENT: {_ANY: "channel-chosen"},
    Reason.NO_ADDRESS: {EMAIL: "email-address", SMS: "text-number", PUSH: "push-device"},
    Reason.LANDLINE: {_ANY: "text-mobile"},
    Reason.INVALID_NUMBER: {_ANY: "text-number-exists"},
    Reason.TOO_CLOSE: {_ANY: "booked-in-time"},
    Reason.RULE_DISABLED: {_ANY: "rule-on"},
    Reason.POLICY_GATE: {_ANY: "address-proved"},
    Reason.DUPLICATE_SUPPRESSED: {_ANY: "told-once"},
    Reason.QUIET_HOURS: {_ANY: "quiet-hours"},
    Reason.CANCELLED_BEFORE_SEND: {_ANY: "still-true"},
    Reason.SUPERSEDED: {_ANY: "still-true"},
    Reason.HANDED_OVER: {EMAIL: "email-folders", SMS: "text-not-filtered", PUSH: "push-taken"},
    Reason.DELIVERED: {EMAIL: "email-folders", SMS: "text-not-filtered", PUSH: "push-taken"},
    Reason.BOUNCED_HARD: {EMAIL: "email-accepted", SMS: "phone-reached", PUSH: "push-taken"},
    Reason.BOUNCED_SOFT: {EMAIL: "email-mailbox", SMS: "phone-reached", PUSH: "push-taken"},
    Reason.CARRIER_FILTERED: {SMS: "text-not-filtered", _ANY: "email-not-filtered"},
    Reason.PROVIDER_ERROR: {EMAIL: "mail-server", SMS: "text-gateway", PUSH: "push-taken"},
    Reason.SCHEDULER_DOWN: {_ANY: "worker-alive"},
    Reason.UNKNOWN: {_ANY: "outcome-known"},
}
_BECAUSE: Final = {
    "no-consent": "consent-kept",
    "no-gateway": "texts-sent",
    "held-copy": "sending-released",
    "mail-budget": "email-budget",
    "number-limit": "text-limit",
    "monthly-cap": "text-money",
    "country-off": "text-country",
}


def cause_of(channel: str, reason: Reason, because: str = "") -> str:
    """Return the name of the check; blank for a message that simply waits."""
    if because in _BECAUSE:
        return _BECAUSE[because]
    rows = _CAUSES.get(Reason.PROVIDER_ERROR if because == LINE_DOWN else reason, {})
    return rows.get(channel, rows.get(_ANY, ""))
