"""What an amount must be before it is written; the actions of this room use it."""

from __future__ import annotations

from clientela.ledger.errors import AmountRefused


def checked_amount(amount: object, *, field: str, least: int, most: int) -> int:
    """Return a whole number between two bounds, both allowed.

    Refuses ``AmountRefused`` beyond them. What is no integer (a float, a truth, a text) is a mistake of ours:
    ``TypeError``.
    """
    if type(amount) is not int:
        raise TypeError(f"{field} is a whole number, not {amount!r}")
    if not least <= amount <= most:
        raise AmountRefused(field=field, least=least, most=most)
    return amount
