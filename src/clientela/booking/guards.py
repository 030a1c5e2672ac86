"""What the database itself refuses in booking, whatever path a write takes.

Overlap: two occupancies of one resource never share an instant. Seats: no number above the session's
seats, and a session never shrinks below a taken seat. Credits: for an appointment stands its client's own, or one
lent with leave. The tenancy of parent and child is guarded for
every table by the platform; here only the key that a professional shares with its resource.
"""

from __future__ import annotations

from typing import Final

from clientela.platform.guard_forms import append_only, frozen
from clientela.platform.guards import Guard, register, same_tenant

NO_OVERLAP: Final = "occupancy_no_overlap"
SEAT_LIMIT: Final = "seat_within_session"
OWN_CREDIT: Final = "redemption_own_or_lent"

# The rows that stand do not overlap, so the last to start before the new one's end is the last to end:
# one step in the index answers, however long the history is.
_LAST_END: Final = """
    (SELECT other.ends_at FROM booking_occupancy AS other
      WHERE other.resource_id = NEW.resource_id AND other.starts_at < NEW.ends_at AND other.id <> NEW.id
      ORDER BY other.starts_at DESC LIMIT 1)
"""
_SEATS: Final = "(SELECT seats FROM booking_session WHERE id = NEW.session_id)"
_LAST_SEAT: Final = "(SELECT COALESCE(MAX(number), 0) FROM booking_seat WHERE session_id = NEW.id)"


def _raise_in_plpgsql(function: str, condition: str, message: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $guard$"
    )


no_overlap = register(
    Guard(
        name="booking.no-overlap",
        postgresql=[
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            (
                f"ALTER TABLE booking_occupancy ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist "
                "(resource_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)"
            ),
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {NO_OVERLAP}_insert BEFORE INSERT ON booking_occupancy "
                f"WHEN {_LAST_END} > NEW.starts_at BEGIN SELECT RAISE(ABORT, '{NO_OVERLAP}'); END"
            ),
            (
                f"CREATE TRIGGER {NO_OVERLAP}_update BEFORE UPDATE OF resource_id, starts_at, ends_at "
                f"ON booking_occupancy WHEN {_LAST_END} > NEW.starts_at "
                f"BEGIN SELECT RAISE(ABORT, '{NO_OVERLAP}'); END"
            ),
        ],
    )
)

seat_limit = register(
    Guard(
        name="booking.seat-limit",
        tables=frozenset({"booking_seat", "booking_session"}),
        postgresql=[
            _raise_in_plpgsql(SEAT_LIMIT, f"NEW.number > {_SEATS}", SEAT_LIMIT),
            (
                f"CREATE TRIGGER {SEAT_LIMIT} BEFORE INSERT OR UPDATE OF number, session_id ON booking_seat "
                f"FOR EACH ROW EXECUTE FUNCTION {SEAT_LIMIT}()"
            ),
            _raise_in_plpgsql(f"{SEAT_LIMIT}_kept", f"NEW.seats < {_LAST_SEAT}", SEAT_LIMIT),
            (
                f"CREATE TRIGGER {SEAT_LIMIT}_kept BEFORE UPDATE OF seats ON booking_session "
                f"FOR EACH ROW EXECUTE FUNCTION {SEAT_LIMIT}_kept()"
            ),
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {SEAT_LIMIT}_insert BEFORE INSERT ON booking_seat "
                f"WHEN NEW.number > {_SEATS} BEGIN SELECT RAISE(ABORT, '{SEAT_LIMIT}'); END"
            ),
            (
                f"CREATE TRIGGER {SEAT_LIMIT}_update BEFORE UPDATE OF number, session_id ON booking_seat "
                f"WHEN NEW.number > {_SEATS} BEGIN SELECT RAISE(ABORT, '{SEAT_LIMIT}'); END"
            ),
            (
                f"CREATE TRIGGER {SEAT_LIMIT}_kept BEFORE UPDATE OF seats ON booking_session "
                f"WHEN NEW.seats < {_LAST_SEAT} BEGIN SELECT RAISE(ABORT, '{SEAT_LIMIT}'); END"
            ),
        ],
    )
)

# Looked at when it is written: what was lent stays when the leave is taken back. History that is written before its
# appointments (a business's file) is judged by whoever reads it.
_WORD: Final = """
    EXISTS (SELECT 1 FROM people_householdmember AS says
              JOIN people_householdmember AS asks ON asks.household_id = says.household_id
             WHERE says.client_id = sold.client_id AND asks.client_id = booked.client_id
               AND says.until IS NULL AND asks.until IS NULL AND says.shares_credits)
    AND NOT EXISTS (SELECT 1 FROM people_householdmember AS waits
                      JOIN people_client AS taken ON taken.id = waits.client_id
                     WHERE taken.merged_into_id = sold.client_id AND waits.until IS NULL AND NOT waits.shares_credits)
"""
_TIE: Final = """
    EXISTS (SELECT 1 FROM people_householdmember AS child
              JOIN people_client AS minor ON minor.id = child.client_id
             WHERE child.role = 'child' AND child.until IS NULL AND minor.account_id IS NULL
               AND ((child.client_id = booked.client_id AND child.guardian_id = sold.client_id)
                 OR (child.client_id = sold.client_id AND child.guardian_id = booked.client_id)))
"""
_STRANGE: Final = f"""
    EXISTS (SELECT 1 FROM booking_appointment AS booked JOIN ledger_grant AS sold ON sold.id = NEW.grant_id
             WHERE booked.id = {{id}} AND booked.business_id = NEW.business_id
               AND CASE WHEN NEW.lent THEN booked.client_id = sold.client_id OR NOT (({_WORD}) OR {_TIE})
                        ELSE booked.client_id <> sold.client_id END)
"""  # noqa: S608 -- names of our own tables
_NAMED: Final = "NEW.released_at IS NULL AND NEW.cause"
_ID: Final = "substr(NEW.cause, 13)"

own_credit = register(
    Guard(
        name="booking.own-credit",
        tables=frozenset(
            {
                "ledger_redemption",
                "ledger_grant",
                "booking_appointment",
                "people_householdmember",
                "people_client",
            }
        ),
        postgresql=[
            (
                f"CREATE OR REPLACE FUNCTION {OWN_CREDIT}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF {_NAMED} ~ '^appointment:[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN "
                # Apart, so that nothing but an id is ever read as one.
                f"IF {_STRANGE.format(id=f'{_ID}::uuid')} "
                f"THEN RAISE EXCEPTION '{OWN_CREDIT}' USING ERRCODE = 'check_violation'; END IF; "
                "END IF; RETURN NEW; END $guard$"
            ),
            (
                f"CREATE TRIGGER {OWN_CREDIT} BEFORE INSERT ON ledger_redemption "
                f"FOR EACH ROW EXECUTE FUNCTION {OWN_CREDIT}()"
            ),
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {OWN_CREDIT} BEFORE INSERT ON ledger_redemption "
                f"WHEN {_NAMED} LIKE 'appointment:%' AND "
                + _STRANGE.format(id=f"replace({_ID}, '-', '')")
                + f" BEGIN SELECT RAISE(ABORT, '{OWN_CREDIT}'); END"
            )
        ],
    )
)

# What was decided of a marker, and by which policy, is added to and never changed.
markers_kept = tuple(
    register(append_only(table)) for table in ("booking_attribution", "booking_markerpolicychoice")
)
request_kept = register(
    frozen(
        "booking_reclassifyrequest", "appointment_id", "wanted", "ground", "asked_at", "asked_by_id"
    )
)

# A professional's key is its resource's key, so the resource tells whose it is.
professional_of_tenant = tuple(
    register(same_tenant(table, "professional_id", "business_resource"))
    for table in (
        "booking_appointment",
        "booking_session",
        "booking_waitingentry",
        "booking_waitingoffer",
        "catalogue_serviceprofessional",
    )
)
