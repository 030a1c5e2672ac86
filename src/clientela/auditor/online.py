"""Money that came by a provider: in the books once, and given something for or ordered back."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

PAID = (
    "SELECT 1 FROM ledger_payment p WHERE p.business_id = a.business_id AND p.kind = 'payment' "
    "AND p.provider = c.provider AND p.provider_ref = a.payment_ref AND p.currency = a.currency "
    "AND p.amount_minor = a.amount_minor"
)
ORDERED = "COALESCE((SELECT SUM(o.amount_minor) FROM checkout_refundorder o WHERE o.payment_id = p.id), 0)"
WENT_BACK = (
    "COALESCE((SELECT SUM(r.amount_minor) FROM ledger_payment r WHERE r.refund_of_id = p.id), 0)"
)


def received(question: Question) -> Iterator[str]:
    """Yield each attempt whose money is not where it says, and each sum that was neither used nor sent back."""
    rows = question.source.rows
    for state, wanted, words in (
        ("paid", "p.sale_id IS NOT NULL", "no sale has its money"),
        ("returned", "p.sale_id IS NULL", "its money is not kept apart"),
    ):
        for (key,) in rows(
            "SELECT a.id FROM checkout_paymentattempt a JOIN checkout_provideraccount c "
            f"ON c.id = a.provider_account_id WHERE a.state = '{state}' AND a.amount_minor > 0 "
            f"AND NOT EXISTS ({PAID} AND {wanted})"
        ):
            yield f"attempt {key} is {state}, but {words}"
    for (key,) in rows(
        "SELECT p.id FROM ledger_payment p WHERE p.kind = 'payment' AND p.sale_id IS NULL "
        f"AND p.amount_minor > {ORDERED} AND p.amount_minor > {WENT_BACK}"
    ):
        yield f"payment {key} came for nothing, and not all of it was ordered back"
    for (key,) in rows(
        "SELECT o.id FROM checkout_refundorder o WHERE o.state = 'done' AND NOT EXISTS "
        "(SELECT 1 FROM ledger_payment r WHERE r.refund_of_id = o.payment_id "
        "AND r.provider_ref = o.provider_ref AND r.amount_minor = o.amount_minor)"
    ):
        yield f"order {key} to refund is done, but nothing went back"
