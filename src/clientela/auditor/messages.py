"""Every message has one row, and every row a reason; and nobody is written to who must not be."""

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
ROW = "appointment_id, occurrence, rule, timing, recipient, recipient_id, channel"


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
    yield from _without_proof(question)


def _without_proof(question: Question) -> Iterator[str]:
    """Yield what is said to have left or arrived, though nobody was there who took it or said so."""
    rows = question.source.rows
    for key in rows(
        "SELECT m.id FROM notify_message m WHERE m.reason = 'handed_over' AND NOT EXISTS "
        "(SELECT 1 FROM notify_attempt t WHERE t.message_id = m.id AND t.outcome = 'accepted') AND NOT EXISTS "
        "(SELECT 1 FROM notify_receipt r WHERE r.message_id = m.id AND r.kind = 'sent')"
    ):
        yield f"message {key[0]} is said to be handed over, without an attempt that was"
    for key in rows(
        "SELECT m.id FROM notify_message m WHERE m.reason = 'delivered' AND NOT EXISTS "
        "(SELECT 1 FROM notify_receipt r WHERE r.message_id = m.id AND r.kind IN ('delivered', 'complained'))"
    ):
        yield f"message {key[0]} is said to be delivered, and no receipt says so"
    for key in rows(
        "SELECT message_id FROM notify_attempt WHERE outcome = 'open' GROUP BY message_id HAVING COUNT(*) > 1"
    ):
        yield f"message {key[0]} is in hand twice"


# An attempt that could not even be written was never to leave.
_LEFT = "t.outcome <> 'refused'"


def nobody_unwilling(question: Question) -> Iterator[str]:
    """Yield each attempt at somebody who had not agreed, whose address was closed, or who had been erased."""
    rows = question.source.rows
    for key in rows(
        "SELECT DISTINCT m.id FROM notify_message m JOIN notify_attempt t ON t.message_id = m.id "
        "JOIN booking_appointment a ON a.id = m.appointment_id JOIN people_client c ON c.id = a.client_id "
        f"WHERE m.recipient = 'client' AND m.consent_id IS NULL AND c.erased_at IS NULL AND {_LEFT}"
    ):
        yield f"message {key[0]} was sent to a client without their word"
    for key, trouble in rows(
        "SELECT m.id, s.trouble FROM notify_message m JOIN notify_attempt t ON t.message_id = m.id "
        "JOIN notify_addressstate s ON s.business_id = m.business_id AND s.channel = m.channel "
        f"AND s.address = LOWER(m.address) WHERE s.trouble <> '' AND t.started_at > s.since AND {_LEFT}"
    ):
        yield f"message {key} was sent to an address that was {trouble}"
    for key in rows(
        "SELECT DISTINCT m.id FROM notify_message m JOIN notify_attempt t ON t.message_id = m.id "
        "JOIN booking_appointment a ON a.id = m.appointment_id JOIN people_client c ON c.id = a.client_id "
        f"WHERE m.recipient = 'client' AND t.started_at > c.erased_at AND {_LEFT}"
    ):
        yield f"message {key[0]} was sent to a client who had been erased"
