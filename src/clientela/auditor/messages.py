"""Every message has one row, and every row a reason."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

REASONS = (
    "not_activated",
    "opted_out",
    "channel_off_by_client",
    "no_address",
    "landline",
    "invalid_number",
    "too_close",
    "rule_disabled",
    "policy_gate",
    "duplicate_suppressed",
    "quiet_hours",
    "cancelled_before_send",
    "superseded",
    "queued",
    "handed_over",
    "delivered",
    "bounced_hard",
    "bounced_soft",
    "carrier_filtered",
    "provider_error",
    "scheduler_down",
    "unknown",
)
ROW = "appointment_id, occurrence, rule, recipient, recipient_id, channel"


def one_row_each(question: Question) -> Iterator[str]:
    """Yield each message told of twice, without a reason, or settled in contradiction to it."""
    rows = question.source.rows
    for appointment, *_rest, count in rows(
        f"SELECT {ROW}, COUNT(*) FROM notify_message GROUP BY {ROW} HAVING COUNT(*) > 1"
    ):
        yield f"appointment {appointment} has {count} rows for one message"
    words = ", ".join(f"'{reason}'" for reason in REASONS)
    for key, reason in rows(f"SELECT id, reason FROM notify_message WHERE reason NOT IN ({words})"):
        yield f"message {key} has a reason there is not: {reason}"
    for key in rows("SELECT id FROM notify_message WHERE reason = 'queued' AND send_at IS NULL"):
        yield f"message {key[0]} is queued for no time"
    for key in rows("SELECT id FROM notify_message WHERE send_at IS NULL AND settled_at IS NULL"):
        yield f"message {key[0]} is neither due nor settled"
    for key in rows(
        "SELECT m.id FROM notify_message m WHERE m.reason = 'handed_over' AND NOT EXISTS "
        "(SELECT 1 FROM notify_attempt t WHERE t.message_id = m.id AND t.outcome = 'accepted')"
    ):
        yield f"message {key[0]} is said to be handed over, without an attempt that was"
