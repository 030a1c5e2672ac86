"""Ask for the mail with which a client pays a sale without signing in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.staff_only import require_business
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.events import SaleLinkSent
from clientela.checkout.payment_errors import NothingToPay, OnlinePaymentOff
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.people.errors import NoAddress
from clientela.people.queries.contacts import notification_email
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.rules.sale_state import OUTSTANDING, SaleState


def send_sale_link(*, sale: Sale, by: Actor, now: datetime) -> Sale:
    """Ask for a mail to the client with the link that pays what is due of a sale; it may be asked for again.

    The link is made when the mail is written, and stays the same; it shows the sale as it stands when it is
    opened. Refuses ``StaffOnly``, ``NothingToPay`` (paid, or void), ``OnlinePaymentOff`` and ``NoAddress``.
    """
    require_business(by)
    with transaction.atomic():
        lock_sale(sale)
        if SaleState(sale.state) not in OUTSTANDING or sums_of(sale).due <= 0:
            raise NothingToPay
        if online_account(sale.business) is None:
            raise OnlinePaymentOff
        if notification_email(sale.client) is None:
            raise NoAddress
        note(action="sale-link-sent", subject=sale, by=by, now=now)
        record(
            SaleLinkSent(business_id=sale.business_id, sale_id=sale.pk, client_id=sale.client_id),
            now=now,
        )
    return sale
