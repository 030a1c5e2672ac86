"""What the database itself refuses in the ledger: a changed row, a credit that was never granted, a mixed unit."""

from __future__ import annotations

from typing import Final

from clientela.platform.guard_forms import append_only, append_only_but_for, frozen
from clientela.platform.guards import Guard, register

CREDIT_EXISTS: Final = "redemption_credit_exists"
ONE_UNIT: Final = "movement_one_unit"
RELEASED_ONCE: Final = "redemption_released_once"

for table in (
    "ledger_movement",
    "ledger_ledgeraccount",
    "ledger_invoice",
    "ledger_seal",
    "ledger_sealedmovement",
    "ledger_grantservice",
):
    register(append_only(table))

# What staff noted at a payment may tell of a person, who may have it forgotten; nothing else of it changes.
register(
    append_only_but_for(
        "ledger_payment",
        blankable="note",
        kept=(
            "id",
            "business_id",
            "sale_id",
            "kind",
            "method",
            "amount_minor",
            "currency",
            "provider",
            "provider_ref",
            "refund_of_id",
            "paid_on",
            "recorded_at",
            "by_kind",
            "by_account_id",
        ),
    )
)

register(
    frozen(
        "ledger_sale",
        "kind",
        "package_id",
        "service_id",
        "name",
        "credits",
        "price_minor",
        "net_minor",
        "tax_minor",
        "currency",
        "sold_on",
        "applies_on",
        "valid_until",
        "sold_at",
    )
)
register(frozen("ledger_grant", "sale_id", "unit", "credits", "applies_on", "valid_until"))
register(frozen("ledger_redemption", "grant_id", "number", "cause", "turn", "redeemed_at", "lent"))

_NO_SUCH: Final = (
    "NEW.number > (SELECT credits FROM ledger_grant WHERE id = NEW.grant_id) "
    "OR (SELECT closed_at FROM ledger_grant WHERE id = NEW.grant_id) IS NOT NULL"
)
_MIXED: Final = (
    "NEW.unit <> (SELECT unit FROM ledger_ledgeraccount WHERE id = NEW.from_account_id) "
    "OR NEW.unit <> (SELECT unit FROM ledger_ledgeraccount WHERE id = NEW.to_account_id)"
)
_AGAIN_PG: Final = (
    "OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at"
)
_AGAIN_LITE: Final = "OLD.released_at IS NOT NULL AND NEW.released_at IS NOT OLD.released_at"


def _check(name: str, table: str, moment: str, wrong: str, wrong_lite: str = "") -> Guard:
    """Return a guard that refuses a row on a condition."""
    return Guard(
        name=f"ledger.{name}",
        tables=frozenset({table, "ledger_grant", "ledger_ledgeraccount"}),
        postgresql=[
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF {wrong} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF; "
                "RETURN NEW; END $guard$"
            ),
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        sqlite=[
            (
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {wrong_lite or wrong} "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
        ],
    )


credit_exists = register(_check(CREDIT_EXISTS, "ledger_redemption", "INSERT", _NO_SUCH))
one_unit = register(_check(ONE_UNIT, "ledger_movement", "INSERT", _MIXED))
released_once = register(
    _check(RELEASED_ONCE, "ledger_redemption", "UPDATE OF released_at", _AGAIN_PG, _AGAIN_LITE)
)
