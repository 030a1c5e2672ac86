"""What the database itself refuses in notify: to write to a client without their word, and to change what was said."""

from __future__ import annotations

from typing import Final

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import Guard, register

NO_CONSENT: Final = "attempt_without_consent"

register(
    frozen(
        "notify_receipt", "message_id", "direct_text_id", "provider", "key", "kind", "code", "at"
    )
)
register(frozen("notify_addressevent", "state_id", "trouble", "because", "at"))

# A letter that could not be written was never to leave: its attempt is refused from the beginning.
_WRONG: Final = (
    "NEW.outcome <> 'refused' AND EXISTS (SELECT 1 FROM notify_message AS told "
    "WHERE told.id = NEW.message_id AND told.recipient = 'client' AND told.consent_id IS NULL)"
)
without_consent = register(
    Guard(
        name="notify.without-consent",
        tables=frozenset({"notify_attempt", "notify_message"}),
        postgresql=[
            (
                f"CREATE OR REPLACE FUNCTION {NO_CONSENT}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF {_WRONG} THEN RAISE EXCEPTION '{NO_CONSENT}' USING ERRCODE = 'check_violation'; END IF; "
                "RETURN NEW; END $guard$"
            ),
            (
                f"CREATE TRIGGER {NO_CONSENT} BEFORE INSERT ON notify_attempt "
                f"FOR EACH ROW EXECUTE FUNCTION {NO_CONSENT}()"
            ),
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {NO_CONSENT} BEFORE INSERT ON notify_attempt WHEN {_WRONG} "
                f"BEGIN SELECT RAISE(ABORT, '{NO_CONSENT}'); END"
            )
        ],
    )
)
