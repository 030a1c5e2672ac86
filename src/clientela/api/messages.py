"""What the API's words mean, in one English sentence each; programs read the word."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "already-past": "The appointment has already begun.",
    "bad-request": "The request cannot be read.",
    "beyond-horizon": "The calendar is not open that far ahead.",
    "bound-to-professional": "This client books with one professional only, and asked for another.",
    "buffer": "That start is too close to another appointment.",
    "client-gone": "The data of this client was erased; nothing was booked.",
    "client-missing": "Say for whom the appointment is: `client`, or `client_id` with a token.",
    "closed": "The business is closed then.",
    "email-invalid": "The e-mail address is not written as one.",
    "idempotency-key-reused": "This Idempotency-Key was used for a different request.",
    "invalid": "Some fields are missing or not as they should be; `fields` names them.",
    "lead-time": "That start is too soon: the business needs more notice.",
    "location-missing": "The business has no such location.",
    "login-required": "This business takes bookings only from clients who have signed in on its page.",
    "method-not-allowed": "This address does not answer that method; see the Allow header.",
    "name-missing": "The client's name is missing.",
    "needs-offset": "Times need an offset, such as 2026-11-24T17:30:00+01:00.",
    "no-session": "No group session begins then.",
    "no-such-time": "The clocks jump over that time.",
    "not-bookable": "That start cannot be booked.",
    "not-found": "There is nothing at this address.",
    "not-json": "The body is not valid JSON.",
    "not-on-grid": "Appointments of this service do not start at that minute.",
    "not-open": "The appointment is no longer open to changes.",
    "online-booking-off": "The business does not take bookings online.",
    "out-of-calendar": "That date is outside the calendar.",
    "outside-hours": "That start is outside the opening hours.",
    "past": "That start is in the past.",
    "phone-invalid": "The telephone number is not one of any country.",
    "professional-busy": "The professional is busy then.",
    "professional-not-offered": "This professional does not give this service online.",
    "range-reversed": "The last day lies before the first.",
    "range-too-long": "Ask for at most 62 days at a time.",
    "resource-busy": "The room or equipment it needs is in use then.",
    "scope-too-small": "This token may read but not write.",
    "server-error": "Something broke on our side. Nothing was changed.",
    "service-not-offered": "The business does not offer this service online.",
    "session-full": "Every seat of that session is taken.",
    "slot-taken": "That time was just taken. Nothing was booked.",
    "stale-state": "The appointment changed meanwhile. Read it again.",
    "switched-off": "The business does not let clients do this online.",
    "time-off": "The professional is away then.",
    "token-needed": "Send a token of this business or the appointment's manage link.",
    "too-late": "Online changes to this appointment are closed.",
    "too-many-requests": "Too many requests. Wait as long as the Retry-After header says.",
    "unknown-client": "The business has no such client.",
    "unknown-location": "The business has no such location.",
    "unknown-professional": "The business has no such professional who can be booked online.",
    "unknown-service": "The business offers no such service online.",
    "unknown-zone": "That is not the name of an IANA time zone.",
}
"""The closed list of an answer's ``reason``."""

FIELD_WORDS: Final = {
    "invalid": "It is not as the reference says.",
    "missing": "It is required.",
    "not-a-date": "Write the date as YYYY-MM-DD.",
    "not-a-time": "Write the time as ISO 8601 with an offset.",
    "not-an-id": "It is not an id.",
    "not-an-object": "It should be a JSON object.",
    "not-text": "It should be text.",
    "out-of-calendar": "That date is outside the calendar.",
    "too-long": "It is longer than allowed.",
    "too-short": "It is shorter than allowed.",
    "unknown-field": "There is no such field.",
}
"""The closed list of words in ``fields`` when the reason is ``invalid``."""


def message_of(reason: str) -> str:
    """The sentence for a reason; for one without a sentence of its own, the word in plain writing."""
    return MESSAGES.get(reason, reason.replace("-", " ").capitalize() + ".")
