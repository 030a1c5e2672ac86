"""What a business's file says of its messages: the plan, the words, the quiet hours, what is known of addresses."""

from __future__ import annotations

from typing import Any, Final

from clientela.business.file_parts import FileKeys
from clientela.notify.models import AddressState, MessagePolicy, MessageRule, MessageTemplate

POLICY_WORDS: Final = ("quiet_from_minute", "quiet_until_minute", "balance_low_at")
RULE_WORDS: Final = (
    "rule", "recipient", "timing", "is_on", "by_email", "by_sms", "by_push", "created_at",
)  # fmt: skip
TEMPLATE_WORDS: Final = (
    "rule", "language", "channel", "subject", "body", "version", "changed_at",
)  # fmt: skip
ADDRESS_WORDS: Final = (
    "channel", "address", "trouble", "because", "detail", "since", "delivered_at",
)  # fmt: skip
EVENT_WORDS: Final = ("trouble", "because", "detail")


def file_messages(*, keys: FileKeys) -> dict[str, Any]:
    """Return it as plain values, in an order that a copy has too; five queries. Gateways, whose secrets stay, are not in it."""
    rules = MessageRule.objects.order_by("created_at", "id").values("service_id", *RULE_WORDS)
    templates = MessageTemplate.objects.order_by("rule", "language", "channel")
    states = AddressState.objects.order_by("channel", "address").prefetch_related("events")
    return {
        **(MessagePolicy.objects.values(*POLICY_WORDS).first() or {}),
        "rules": [{**_without_service(row), **_service(row, keys)} for row in rules],
        "templates": list(templates.values(*TEMPLATE_WORDS)),
        "addresses": [
            {word: getattr(state, word) for word in ADDRESS_WORDS}
            | {
                "events": [
                    {word: getattr(event, word) for word in EVENT_WORDS} | {"said_at": event.at}
                    for event in state.events.all()
                ]
            }
            for state in states
        ],
    }


def _service(row: dict[str, Any], keys: FileKeys) -> dict[str, str]:
    return {"service": keys.services[row["service_id"]]} if row["service_id"] else {}


def _without_service(row: dict[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in row.items() if word != "service_id"}
