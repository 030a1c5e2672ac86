"""What the database itself refuses in support: a request done by anybody but the owners, and changed words."""

from __future__ import annotations

from typing import Final

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import Guard, register

NAME: Final = "support_request_by_owners"
_WORDS: Final = "only the owners can confirm a request that waits for them"
# In plpgsql a bare CASE would end the condition at its own THEN: there it stands in parentheses.
_UNCONFIRMED: Final = """NEW.state = 'done' AND NOT CASE NEW.kind
    WHEN 'same-person' THEN EXISTS (
      SELECT 1 FROM accounts_accountjoin AS a WHERE a.id = NEW.join_id AND a.joined_at IS NOT NULL)
    WHEN 'household' THEN EXISTS (
      SELECT 1 FROM people_householdinvitation AS i WHERE i.id = NEW.invitation_id AND i.accepted_at IS NOT NULL)
    ELSE EXISTS (
      SELECT 1 FROM booking_reclassifyrequest AS r WHERE r.id = NEW.reclassify_id AND r.state = 'granted')
      OR NEW.reclassify_id IS NULL AND EXISTS (
      SELECT 1 FROM booking_attribution AS m
       WHERE m.appointment_id = NEW.appointment_id AND m.value = NEW.wanted)
    END"""

done_by_owners = register(
    Guard(
        name=NAME,
        tables=frozenset(
            {
                "accounts_accountjoin",
                "people_householdinvitation",
                "booking_reclassifyrequest",
                "booking_attribution",
            }
        ),
        postgresql=[
            (
                f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF ({_UNCONFIRMED}) THEN RAISE EXCEPTION '{_WORDS}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $guard$"
            ),
            (
                f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF state ON support_request "
                f"FOR EACH ROW EXECUTE FUNCTION {NAME}()"
            ),
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {NAME}_{verb} BEFORE {moment} ON support_request "
                f"WHEN {_UNCONFIRMED} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
            for verb, moment in (("insert", "INSERT"), ("update", "UPDATE OF state"))
        ],
    )
)
"""A request is done when what it rests on is: joined accounts, an accepted invitation, a marker that was corrected."""

lines_kept = register(frozen("support_line", "thread_id", "side", "body", "key", "by_id", "at"))
"""What was said in the chat stays as it was said."""
