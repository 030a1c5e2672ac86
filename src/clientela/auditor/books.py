"""The books of money: movements in one unit, sales and payments that they explain."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

OUTSTANDING = ("pending_payment", "partly_paid")


def movements(question: Question) -> Iterator[str]:
    """Yield each movement that moves nothing, nowhere, twice, or between two units or businesses."""
    rows = question.source.rows
    for (key,) in rows(
        "SELECT id FROM ledger_movement WHERE amount <= 0 OR from_account_id = to_account_id"
    ):
        yield f"movement {key} moves nothing, or nowhere"
    for (cause,) in rows(
        "SELECT cause FROM ledger_movement GROUP BY business_id, cause HAVING COUNT(*) > 1"
    ):
        yield f"two movements were made for {cause}"
    for (key,) in rows(
        "SELECT m.id FROM ledger_movement m "
        "LEFT JOIN ledger_ledgeraccount f ON f.id = m.from_account_id AND f.unit = m.unit "
        "LEFT JOIN ledger_ledgeraccount t ON t.id = m.to_account_id AND t.unit = m.unit "
        "WHERE f.id IS NULL OR t.id IS NULL"
    ):
        yield f"movement {key} takes one unit and gives another"


def sums(question: Question) -> Iterator[str]:
    """Yield each sale, till and sum of money that is not what its rows and movements say."""
    yield from _sales(question)
    yield from _tills(question)
    yield from _refunds(question)


def _sales(question: Question) -> Iterator[str]:
    """Compare each sale's price, state and what is owed with its payments and movements."""
    source = question.source
    key = source.id_text("s.id")
    for (
        sale,
        price,
        net,
        tax,
        returned,
        state,
        voided,
        paid,
        refunded,
        earned,
        taxed,
        owed,
    ) in source.rows(
        "SELECT s.id, s.price_minor, s.net_minor, s.tax_minor, s.returned_minor, s.state, "
        f"s.voided_at, {_paid('payment')}, {_paid('refund')}, {_charged(key, 'earned')}, "
        f"{_charged(key, 'tax')}, {_owed(key)} FROM ledger_sale s"
    ):
        if net + tax != price:
            yield f"sale {sale} costs {price}, but its parts are {net} and {tax}"
        if (earned, taxed) != (net, tax):
            yield f"sale {sale} was charged {earned} and {taxed}, not {net} and {tax}"
        if owed != price - returned - paid + refunded:
            yield (
                f"of sale {sale} {owed} is owed by its movements, but by its rows "
                f"{price} - {returned} - {paid} + {refunded}"
            )
        if voided is not None and returned != price:
            yield f"sale {sale} is void, but not all of its price was taken back"
        expected = _state(price - returned, paid, refunded, ended=voided is not None)
        if state != expected:
            yield f"sale {sale} is {state}, but its payments make it {expected}"


def _state(due: int, paid: int, refunded: int, *, ended: bool) -> str:
    """Say again, from the sums alone, what a sale is."""
    if ended:
        return "refunded" if paid else "void"
    if paid - refunded >= due:
        return "paid"
    return OUTSTANDING[paid > refunded]


def _paid(kind: str) -> str:
    return (
        "COALESCE((SELECT CAST(SUM(p.amount_minor) AS BIGINT) FROM ledger_payment p "
        f"WHERE p.sale_id = s.id AND p.kind = '{kind}'), 0)"
    )


def _charged(key: str, kind: str) -> str:
    """Return the SQL for what was moved from one kind of account to what is owed for a sale."""
    return (
        "COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM ledger_movement m "
        "JOIN ledger_ledgeraccount f ON f.id = m.from_account_id "
        "JOIN ledger_ledgeraccount t ON t.id = m.to_account_id "
        f"WHERE f.kind = '{kind}' AND t.business_id = s.business_id AND t.kind = 'owed' "
        f"AND t.key = {key}), 0)"
    )


def _owed(key: str) -> str:
    side = (
        "COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM ledger_movement m "
        "JOIN ledger_ledgeraccount c ON c.id = m.{} "
        f"WHERE c.business_id = s.business_id AND c.kind = 'owed' AND c.key = {key}), 0)"
    )
    return f"{side.format('to_account_id')} - {side.format('from_account_id')}"


def _tills(question: Question) -> Iterator[str]:
    """Compare what is in each till, and what came for nothing, with the payments."""
    signed = "SUM(CASE WHEN p.kind = 'payment' THEN p.amount_minor ELSE -p.amount_minor END)"
    till = (
        f"SELECT p.business_id, p.method, p.currency, {signed} FROM ledger_payment p "
        "GROUP BY p.business_id, p.method, p.currency"
    )
    unapplied = (
        f"SELECT p.business_id, '', p.currency, -{signed} FROM ledger_payment p "
        "WHERE p.sale_id IS NULL GROUP BY p.business_id, p.currency"
    )
    for kind, counted in (("till", till), ("unapplied", unapplied)):
        expected = _by_place(question, counted)
        moved = _by_place(
            question,
            "SELECT c.business_id, c.key, c.unit, SUM(CASE WHEN m.to_account_id = c.id "
            "THEN m.amount ELSE -m.amount END) FROM ledger_ledgeraccount c JOIN ledger_movement m "
            f"ON m.to_account_id = c.id OR m.from_account_id = c.id WHERE c.kind = '{kind}' "
            "GROUP BY c.business_id, c.key, c.unit",
        )
        for place in sorted(expected.keys() | moved.keys()):
            here, there = expected.get(place, 0), moved.get(place, 0)
            if here != there:
                yield f"the payments make {here} in {kind} {place}, the movements {there}"


def _by_place(question: Question, sql: str) -> dict[tuple[str, str, str], int]:
    return {
        (str(business), key, unit): int(total)
        for business, key, unit, total in question.source.rows(sql)
    }


def _refunds(question: Question) -> Iterator[str]:
    """Yield each payment that went back more than it came, or for another sale."""
    rows = question.source.rows
    for key, amount, gone in rows(
        "SELECT p.id, p.amount_minor, SUM(r.amount_minor) FROM ledger_payment p "
        "JOIN ledger_payment r ON r.refund_of_id = p.id GROUP BY p.id, p.amount_minor "
        "HAVING SUM(r.amount_minor) > p.amount_minor"
    ):
        yield f"of payment {key} over {amount} went back {gone}"
    for (key,) in rows(
        "SELECT r.id FROM ledger_payment r LEFT JOIN ledger_payment p ON p.id = r.refund_of_id "
        "WHERE r.kind = 'refund' AND (p.id IS NULL OR p.kind <> 'payment' OR p.currency <> r.currency "
        "OR COALESCE(CAST(p.sale_id AS TEXT), '') <> COALESCE(CAST(r.sale_id AS TEXT), ''))"
    ):
        yield f"refund {key} is of no payment of its sale"
    for (key,) in rows(
        "SELECT p.id FROM ledger_payment p JOIN ledger_sale s ON s.id = p.sale_id "
        "WHERE p.currency <> s.currency"
    ):
        yield f"payment {key} is in another currency than its sale"
