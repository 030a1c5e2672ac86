"""Take a sale back as a whole."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.credit import reopen_credits
from clientela.booking.actions.staff_only import require_business
from clientela.business.plain_text import line
from clientela.checkout.actions.credit_note import credit_rest
from clientela.checkout.actions.give_money_back import give_all_back
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.errors import ReasonMissing
from clientela.ledger.actions.close_sale import close_sale
from clientela.ledger.models import Method, Sale
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.rules.sale_state import ENDED, SaleState


def void_sale(
    *, sale: Sale, because: str, refund_by: Method | None = None, by: Actor, now: datetime
) -> Sale:
    """Void a sale: what it had redeemed waits again, its credits and its price are gone, its money goes back.

    Appointments reopen as pending redemption (another credit of the client's redeems them at once), cancelled
    ones stay as they are. Money of the desk goes back now, by ``refund_by`` or as it was paid; online money is
    ordered back. Of an invoiced sale a credit note is issued. ``because`` is kept and printed there. Voiding
    what is void changes nothing. Refuses ``StaffOnly``, ``ReasonMissing``, ``MethodRefused``.
    """
    require_business(by)
    why = line(because, limit=300)
    if not why:
        raise ReasonMissing(field="because")
    with transaction.atomic():
        lock_sale(sale, with_borrowers=True)
        if SaleState(sale.state) in ENDED:
            return sale
        failpoint("checkout.void.locked")
        causes = close_sale(sale=sale, because=why, by=by, now=now)
        failpoint("checkout.void.closed")
        reopened = reopen_credits(causes=causes, now=now)
        failpoint("checkout.void.reopened")
        returned = give_all_back(sale=sale, method=refund_by, because="sale-voided", by=by, now=now)
        credit_rest(sale=sale, because=why, returned=returned, by=by, now=now)
        note(
            action="sale-voided",
            subject=sale,
            by=by,
            now=now,
            reason=why,
            details={
                "reopened": [one.pk for one in reopened],
                "returned": [[one.method, one.amount_minor] for one in returned],
            },
        )
        failpoint("checkout.void.before-commit")
    return sale
