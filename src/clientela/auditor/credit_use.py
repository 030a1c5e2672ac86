"""Credits: what appointments say of them, and that each is in one place."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

WORDS = "'none', 'pending', 'redeemed', 'returned', 'forfeited'"
STANDS = "r.released_at IS NULL"
KINDS = ("open", "used", "forfeited")
TOGETHER = (
    "SELECT 1 FROM people_householdmember m JOIN people_client mc ON mc.id = m.client_id "
    "JOIN people_householdmember n ON n.household_id = m.household_id "
    "JOIN people_client nc ON nc.id = n.client_id "
    "WHERE (mc.id = a.client_id OR mc.merged_into_id = a.client_id) "
    "AND (nc.id = g.client_id OR nc.merged_into_id = g.client_id)"
)
DIFFERS = (
    "(a.redemption = 'redeemed' AND r.forfeited) "
    "OR (a.redemption = 'forfeited' AND NOT r.forfeited)"
)


def states(question: Question) -> Iterator[str]:
    """Yield each appointment whose word for its credit is not what the redemptions say."""
    rows = question.source.rows
    cause = f"'appointment:' || {question.source.id_text('a.id')}"
    standing = (
        "FROM ledger_redemption r "
        f"WHERE r.business_id = a.business_id AND r.cause = {cause} AND {STANDS}"
    )
    for key, word in rows(
        f"SELECT id, redemption FROM booking_appointment WHERE redemption NOT IN ({WORDS})"
    ):
        yield f"appointment {key} has a word for its credit that there is not: {word}"
    for key, word in rows(
        "SELECT a.id, a.redemption FROM booking_appointment a "
        f"WHERE a.redemption IN ('redeemed', 'forfeited') AND (SELECT COUNT(*) {standing}) <> 1"
    ):
        yield f"appointment {key} is {word}, but not one credit stands for it"
    for key, word in rows(
        "SELECT a.id, a.redemption FROM booking_appointment a "
        f"WHERE a.redemption NOT IN ('redeemed', 'forfeited') AND EXISTS (SELECT 1 {standing})"
    ):
        yield f"appointment {key} is {word}, but a credit stands for it"
    for key, word, status in rows(
        "SELECT id, redemption, status FROM booking_appointment WHERE redemption IN "
        "('pending', 'redeemed') AND status IN ('held', 'cancelled', 'declined')"
    ):
        yield f"appointment {key} is {status}, and its credit {word}"
    yield from _fitting(question)


def _fitting(question: Question) -> Iterator[str]:
    """Yield each standing redemption that does not fit its appointment."""
    source = question.source
    joined = (
        "FROM ledger_redemption r JOIN ledger_grant g ON g.id = r.grant_id "
        "JOIN booking_appointment a ON a.business_id = r.business_id AND "
        f"r.cause = 'appointment:' || {source.id_text('a.id')} "
        f"WHERE {STANDS} AND "
    )
    day, on = "substr(a.promised_local, 1, 10)", 'CAST(r."on" AS TEXT)'
    covered = "SELECT 1 FROM ledger_grantservice s WHERE s.grant_id = g.id AND s.service_id = a.service_id"
    kept = "a.status IN ('requested', 'confirmed', 'attended')"
    for wrong, words in (
        ("NOT r.lent AND a.client_id <> g.client_id", "by a grant of another client"),
        (
            f"r.lent AND a.client_id <> g.client_id AND NOT EXISTS ({TOGETHER})",
            "by a credit lent by somebody who was never in a household with its client",
        ),
        (f"NOT EXISTS ({covered})", "by a grant that does not cover its service"),
        (f"{kept} AND {day} <> {on}", "for another day than its own"),
        (f"{kept} AND {day} < CAST(g.applies_on AS TEXT)", "by a grant that begins later"),
        (f"{kept} AND {day} > CAST(g.valid_until AS TEXT)", "by a grant that had ended"),
        (f"({DIFFERS})", "and forfeited in one place only"),
    ):
        for (key,) in source.rows(f"SELECT a.id {joined}({wrong})"):
            yield f"appointment {key} is redeemed {words}"
    for (cause,) in source.rows(
        f"SELECT r.cause FROM ledger_redemption r WHERE {STANDS} AND r.cause LIKE 'appointment:%' "
        "AND r.cause NOT IN "
        f"(SELECT 'appointment:' || {source.id_text('a.id')} FROM booking_appointment a)"
    ):
        yield f"a credit stands for {cause}, which is not there"


def once(question: Question) -> Iterator[str]:
    """Yield each credit that is used twice or was never granted, and each grant whose accounts say otherwise."""
    rows = question.source.rows
    for key, number in rows(
        f"SELECT r.grant_id, r.number FROM ledger_redemption r WHERE {STANDS} "
        "GROUP BY r.grant_id, r.number HAVING COUNT(*) > 1"
    ):
        yield f"credit {number} of grant {key} is used twice"
    for (cause,) in rows(
        f"SELECT r.cause FROM ledger_redemption r WHERE {STANDS} "
        "GROUP BY r.business_id, r.cause HAVING COUNT(*) > 1"
    ):
        yield f"two credits stand for {cause}"
    for key, number, granted in rows(
        "SELECT g.id, r.number, g.credits FROM ledger_redemption r "
        "JOIN ledger_grant g ON g.id = r.grant_id WHERE r.number < 1 OR r.number > g.credits"
    ):
        yield f"credit {number} of grant {key} was never granted: it has {granted}"
    for (key,) in rows(
        "SELECT g.id FROM ledger_grant g WHERE g.closed_at IS NOT NULL AND EXISTS "
        f"(SELECT 1 FROM ledger_redemption r WHERE r.grant_id = g.id AND {STANDS})"
    ):
        yield f"a credit of grant {key} stands, though it is closed"
    yield from _accounts(question)
    yield from _floors(question)


def _accounts(question: Question) -> Iterator[str]:
    """Compare what each grant's three accounts hold with a count of its redemptions."""
    source = question.source
    held = ", ".join(_balance(source.id_text("g.id"), kind) for kind in KINDS)
    for key, granted, closed, standing, lost, opened, taken, gone in source.rows(
        "SELECT g.id, g.credits, g.closed_at, "
        f"(SELECT COUNT(*) FROM ledger_redemption r WHERE r.grant_id = g.id AND {STANDS}), "
        "(SELECT COUNT(*) FROM ledger_redemption r "
        f"WHERE r.grant_id = g.id AND {STANDS} AND r.forfeited), {held} FROM ledger_grant g"
    ):
        kept = granted if closed is None else 0
        counted = (kept - standing, standing - lost, lost)
        if (opened, taken, gone) != counted:
            yield (
                f"grant {key} has {counted} credits (to use, used, forfeited) by its redemptions, "
                f"but {(opened, taken, gone)} by its movements"
            )


def _balance(key: str, kind: str) -> str:
    """Return the SQL for what came into a grant's account less what went out of it."""
    side = (
        "COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM ledger_movement m "
        "JOIN ledger_ledgeraccount c ON c.id = m.{} "
        f"WHERE c.business_id = g.business_id AND c.kind = '{kind}' AND c.key = {key}), 0)"
    )
    return f"{side.format('to_account_id')} - {side.format('from_account_id')}"


def _floors(question: Question) -> Iterator[str]:
    """Yield each grant that had less than nothing to use on some day, or as known at some time."""
    for order, words in (("happened_on", "on a day"), ("recorded_at", "as known at a time")):
        sums = (
            "SELECT account, SUM(change) OVER (PARTITION BY account ORDER BY moment) AS balance "
            "FROM (SELECT account, moment, SUM(change) AS change FROM ("
            f"SELECT to_account_id AS account, {order} AS moment, amount AS change FROM ledger_movement "
            f"UNION ALL SELECT from_account_id, {order}, -amount FROM ledger_movement"
            ") AS steps GROUP BY account, moment) AS days"
        )
        for (key,) in question.source.rows(
            f"SELECT DISTINCT c.key FROM ({sums}) AS run JOIN ledger_ledgeraccount c "
            "ON c.id = run.account WHERE run.balance < 0 AND c.kind IN ('open', 'used', 'forfeited')"
        ):
            yield f"grant {key} had less than nothing in an account {words}"
