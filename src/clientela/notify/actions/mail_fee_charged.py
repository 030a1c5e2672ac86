"""The mail that a kept card paid for a missed appointment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import override

from clientela.booking.models import Appointment
from clientela.ledger.models import Sale
from clientela.notify import money_letters
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.queries.payer import own_sale_url, payer_of
from clientela.platform.time_words import clock, day_and_year, zone_name
from clientela.rules.money import Money


def mail_fee_charged(*, sale_id: UUID, appointment_id: UUID, now: datetime) -> None:
    """Queue the mail. Whose card was charged agreed to it themselves, and hears of it as of their own act."""
    sale = Sale.objects.filter(pk=sale_id).first()
    missed = Appointment.objects.select_related("service").filter(pk=appointment_id).first()
    if sale is None or missed is None:
        return
    payer = payer_of(sale.client_id, is_own=True)
    if payer is None:
        return
    at, zone = missed.starts_at, missed.promised_zone
    with override(payer.language):
        letter = money_letters.fee_charged(
            payer.reader(link=own_sale_url(card=payer.card, sale=sale)),
            amount=Money(sale.price_minor, sale.currency),
            service=missed.service.name,
            when=f"{day_and_year(at, zone)}, {clock(at, zone)} ({zone_name(zone, at)})",
        )
    queue_account_mail(kind="fee-charged", address=payer.address, letter=letter, now=now)
