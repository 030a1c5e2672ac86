"""What the API's reason words mean, in one English sentence each; programs read the word."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "already-past": "The appointment has already begun.",
    "beyond-horizon": "The calendar is not open that far ahead.",
    "business-closed": "The business takes no bookings at the moment.",
    "idempotency-key-reused": "This Idempotency-Key was used for a different request.",
    "invalid": "Some fields are missing or not as they should be.",
    "lead-time": "That start is too soon: the business needs more notice.",
    "method-not-allowed": "This address does not answer that method.",
    "needs-offset": "Times need an offset, such as 2026-11-24T17:30:00+01:00.",
    "no-such-time": "The clocks jump over that time.",
    "not-found": "There is nothing at this address.",
    "not-json": "The body is not valid JSON.",
    "not-open": "The appointment is no longer open to changes.",
    "online-booking-off": "The business does not take bookings online.",
    "outside-hours": "That start is outside the opening hours.",
    "out-of-calendar": "That date is outside the calendar.",
    "past": "That start is in the past.",
    "range-too-long": "Ask for at most 62 days at a time.",
    "range-reversed": "The last day lies before the first.",
    "bad-request": "The request cannot be read.",
    "scope-too-small": "This token may read but not write.",
    "server-error": "Something broke on our side. Nothing was booked.",
    "session-full": "Every seat of that session is taken.",
    "slot-taken": "That time was just taken. Nothing was booked.",
    "switched-off": "The business does not let clients do this online.",
    "token-needed": "Send a token of this business or the appointment's manage link.",
    "too-late": "Online changes to this appointment are closed.",
    "too-many-requests": "Too many requests. Wait a little.",
    "unknown-location": "The business has no such location.",
    "unknown-professional": "The business has no such professional for this service.",
    "unknown-service": "The business offers no such service online.",
    "unknown-zone": "That is not the name of an IANA time zone.",
}


def message_of(reason: str) -> str:
    """The sentence for a reason; for one without a sentence of its own, the word in plain writing."""
    return MESSAGES.get(reason, reason.replace("-", " ").capitalize() + ".")
