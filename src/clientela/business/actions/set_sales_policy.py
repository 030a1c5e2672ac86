"""Set how a business sells."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.actions.amend import amend
from clientela.business.errors import ValueRefused
from clientela.business.models import Business, SalesPolicy
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset(
    {
        "legal_name",
        "tax_id",
        "legal_address",
        "invoice_series",
        "invoice_note",
        "takes_cash",
        "takes_terminal",
        "takes_transfer",
        "transfer_text",
        "cancel_gives",
        "hold_minutes",
    }
)
_OF_SEVERAL_LINES: Final = frozenset({"legal_address", "invoice_note", "transfer_text"})
_SERIES: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*|")
SHORTEST_HOLD: Final = 5
LONGEST_HOLD: Final = 120


def set_sales_policy(
    *,
    business: Business,
    by: Actor,
    now: datetime,
    **changes: Any,  # noqa: ANN401 -- the columns differ in type
) -> SalesPolicy:
    """Change the given values; they hold for what is sold and issued from now on.

    What was issued keeps the words and the series it was issued with. ``hold_minutes`` is 5 to 120, and
    ``invoice_series`` letters and figures with ``-`` and ``/`` between, or nothing. Refuses ``ValueRefused``
    with the field.
    """
    held = changes.get("hold_minutes", SHORTEST_HOLD)
    if type(held) is not int:
        raise ValueRefused(field="hold_minutes")
    if not SHORTEST_HOLD <= held <= LONGEST_HOLD:
        raise ValueRefused(field="hold_minutes", least=SHORTEST_HOLD, most=LONGEST_HOLD)
    if not _SERIES.fullmatch(str(changes.get("invoice_series", "")).strip()):
        raise ValueRefused(field="invoice_series")
    with transaction.atomic():
        policy, _ = SalesPolicy.objects.get_or_create(business=business)
        return amend(
            policy,
            allowed=OPEN_FIELDS,
            changes=changes,
            action="sales-policy-set",
            notes=_OF_SEVERAL_LINES,
            by=by,
            now=now,
        )
