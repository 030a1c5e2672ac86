"""What a provider's news means for a message and for its address: the whole table, pure.

News comes twice, late and in any order. Whatever the order, a message ends with the most final of what was said
of it: that is what the ranks are for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clientela.notify.models import Reason, ReceiptKind, Trouble

REASON: Final = {
    ReceiptKind.SENT: Reason.HANDED_OVER,
    ReceiptKind.BOUNCED_SOFT: Reason.BOUNCED_SOFT,
    ReceiptKind.FAILED: Reason.PROVIDER_ERROR,
    ReceiptKind.DELIVERED: Reason.DELIVERED,
    ReceiptKind.COMPLAINED: Reason.DELIVERED,  # who complains has got it
    ReceiptKind.FILTERED: Reason.CARRIER_FILTERED,
    ReceiptKind.OPTED_OUT: Reason.OPTED_OUT,
    ReceiptKind.INVALID: Reason.INVALID_NUMBER,
    ReceiptKind.LANDLINE: Reason.LANDLINE,
    ReceiptKind.BOUNCED_HARD: Reason.BOUNCED_HARD,
}
TROUBLE: Final = {
    ReceiptKind.BOUNCED_HARD: Trouble.BOUNCED,
    ReceiptKind.COMPLAINED: Trouble.COMPLAINED,
    ReceiptKind.OPTED_OUT: Trouble.STOPPED,
    ReceiptKind.INVALID: Trouble.INVALID,
    ReceiptKind.LANDLINE: Trouble.LANDLINE,
}
# A refusal on the spot says of the address what a receipt would say later.
REFUSED: Final = {
    Reason.BOUNCED_HARD: Trouble.BOUNCED,
    Reason.OPTED_OUT: Trouble.STOPPED,
    Reason.INVALID_NUMBER: Trouble.INVALID,
    Reason.LANDLINE: Trouble.LANDLINE,
}
_FINALITY: Final = (
    Reason.HANDED_OVER,
    Reason.BOUNCED_SOFT,
    Reason.PROVIDER_ERROR,
    Reason.DELIVERED,
    Reason.CARRIER_FILTERED,
    Reason.OPTED_OUT,
    Reason.INVALID_NUMBER,
    Reason.LANDLINE,
    Reason.BOUNCED_HARD,
)


def most_final(*, present: Reason, news: Iterable[ReceiptKind]) -> Reason:
    """Return what the message is after this news: the most final word, and what it was if nothing outranks that.

    Anything that carriers do not say (it waits, its fate is unknown, it was given up) yields to any word of
    theirs: who speaks of a message has had it.
    """
    return max([present, *(REASON[one] for one in news)], key=_rank)


def _rank(reason: Reason) -> int:
    return _FINALITY.index(reason) if reason in _FINALITY else -1
