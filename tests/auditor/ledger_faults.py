"""Faults of the ledger: the promise that breaks, the words it is named with, and the SQL that does it."""

from __future__ import annotations

REDEMPTION, MOVEMENT = "UPDATE ledger_redemption SET", "UPDATE ledger_movement SET"
APPOINTMENT, GRANT = "UPDATE booking_appointment SET", "UPDATE ledger_grant SET"
SALE, PAYMENT = "UPDATE ledger_sale SET", "UPDATE ledger_payment SET"
ATTEMPT = "UPDATE checkout_paymentattempt SET"
STANDS = "WHERE released_at IS NULL AND NOT forfeited AND NOT lent"
NOBODY = "00000000-0000-0000-0000-000000000000"
STRANGER = (
    "SELECT c.id FROM people_client c WHERE c.business_id = ledger_grant.business_id "
    "AND c.id <> ledger_grant.client_id LIMIT 1"
)

LEDGER_FAULTS: list[tuple[str, str, list[str]]] = [
    ("INV-4", "that there is not", [f"{APPOINTMENT} redemption = 'spent'"]),
    ("INV-4", "but not one credit stands", [f"{REDEMPTION} released_at = redeemed_at {STANDS}"]),
    ("INV-4", "but a credit stands", [f"{APPOINTMENT} redemption = 'none'"]),
    ("INV-4", "its credit pending", [f"{APPOINTMENT} redemption = 'pending'"]),
    ("INV-4", "of another client", [f"{GRANT} client_id = ({STRANGER})"]),
    ("INV-4", "does not cover its service", ["DELETE FROM ledger_grantservice"]),
    ("INV-4", "for another day", [f"{REDEMPTION} \"on\" = '2027-01-01'"]),
    ("INV-4", "that begins later", [f"{GRANT} applies_on = '2028-01-01'"]),
    ("INV-4", "that had ended", [f"{GRANT} valid_until = '2027-01-01'"]),
    ("INV-4", "in one place only", [f"{REDEMPTION} forfeited = true"]),
    ("INV-4", "which is not there", [f"{REDEMPTION} cause = 'appointment:{NOBODY}' {STANDS}"]),
    ("INV-5", "moves nothing, or nowhere", [f"{MOVEMENT} amount = 0"]),
    ("INV-5", "nothing, or nowhere", [f"{MOVEMENT} from_account_id = to_account_id"]),
    ("INV-5", "one unit and gives another", [f"{MOVEMENT} unit = 'GBP'"]),
    ("INV-6", "one of them was changed", [f"{MOVEMENT} amount = amount + 1"]),
    ("INV-6", "one of them was changed", [f"{MOVEMENT} happened_on = '2020-01-01'"]),
    ("INV-6", "has lost movements", ["DELETE FROM ledger_movement WHERE amount = 5"]),
    ("INV-6", "does not follow", ["UPDATE ledger_seal SET previous = 'f'"]),
    ("INV-6", "does not follow", ["UPDATE ledger_seal SET number = 2"]),
    ("INV-6", "was left out", [f"{MOVEMENT} id = {{nobody}} WHERE cause = 'gift:1:redeem:1'"]),
    (
        "INV-7",
        "is used twice",
        ["DROP INDEX redemption_credit_once", f"{REDEMPTION} number = 1"],
    ),
    (
        "INV-7",
        "two credits stand",
        [
            "DROP INDEX redemption_cause_once",
            f"{REDEMPTION} cause = 'gift:2', turn = number {STANDS} OR forfeited",
        ],
    ),
    ("INV-7", "was never granted", [f"{REDEMPTION} number = 9 {STANDS}"]),
    ("INV-7", "though it is closed", [f"{GRANT} closed_at = granted_at"]),
    (
        "INV-7",
        "by its movements",
        ["DELETE FROM ledger_movement WHERE cause LIKE '%:forfeit:1'"],
    ),
    (
        "INV-7",
        "less than nothing in an account on a day",
        [f"{MOVEMENT} happened_on = '2020-01-01' WHERE cause LIKE '%:redeem:1'"],
    ),
    (
        "INV-7",
        "as known at a time",
        [f"{MOVEMENT} recorded_at = '2020-01-01 00:00:00' WHERE cause LIKE '%:redeem:1'"],
    ),
    ("INV-8", "but its parts are", [f"{SALE} net_minor = net_minor + 1"]),
    ("INV-8", "was charged", ["DELETE FROM ledger_movement WHERE cause LIKE 'sale:%:tax'"]),
    ("INV-8", "is owed by its movements", [f"{SALE} returned_minor = returned_minor + 1"]),
    ("INV-8", "not all of its price", [f"{SALE} returned_minor = 0"]),
    ("INV-8", "its payments make it", [f"{SALE} state = 'paid'"]),
    ("INV-8", "its payments make it", [f"{SALE} state = 'void'"]),
    ("INV-8", "in till", ["DELETE FROM ledger_payment WHERE kind = 'refund'"]),
    ("INV-8", "in unapplied", ["DELETE FROM ledger_movement WHERE amount = 2000"]),
    ("INV-8", "went back", [f"{PAYMENT} amount_minor = 99999 WHERE kind = 'refund'"]),
    ("INV-8", "of no payment of its sale", [f"{PAYMENT} refund_of_id = NULL"]),
    ("INV-8", "no sale has its money", [f"{ATTEMPT} amount_minor = 4501"]),
    ("INV-8", "is not kept apart", [f"{ATTEMPT} state = 'returned'"]),
    ("INV-8", "not all of it was ordered back", ["DELETE FROM checkout_refundorder"]),
    ("INV-8", "but nothing went back", ["UPDATE checkout_refundorder SET state = 'done'"]),
    ("INV-8", "another currency", [f"{PAYMENT} currency = 'GBP'"]),
]
