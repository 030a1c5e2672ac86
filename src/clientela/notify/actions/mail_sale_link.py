"""The mail with the link that pays a sale."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import override

from clientela.checkout.links import sale_url
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.notify import money_letters
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.queries.payer import payer_of
from clientela.rules.money import Money


def mail_sale_link(*, sale_id: UUID, now: datetime) -> None:
    """Queue the link, unless the sale was paid or ended meanwhile.

    The client asked for it at the desk: it passes the gate as their own act does.
    """
    sale = Sale.objects.select_related("business").filter(pk=sale_id, voided_at=None).first()
    due = 0 if sale is None else sums_of(sale).due
    if sale is None or due <= 0:
        return
    payer = payer_of(sale.client_id, is_own=True)
    if payer is None:
        return
    with override(payer.language):
        letter = money_letters.sale_link(
            payer.reader(link=sale_url(sale)), sale=sale.name, due=Money(due, sale.currency)
        )
    queue_account_mail(kind="sale-link", address=payer.address, letter=letter, now=now)
