"""What goes otherwise in the demo: somebody who did not come, cancellations, money that went back, and the invoices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.models import Appointment, Status
from clientela.business.models import Business
from clientela.checkout.actions.issue_invoice import Buyer, issue_invoice
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.void_sale import void_sale
from clientela.ledger.models import Sale
from clientela.platform.actor import Actor
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState

_INVOICES: Final = 6
_WORDS: Final = {
    "es": ("Cambia de horario y no puede venir", "Una sesión menos, de mutuo acuerdo"),
    "it": ("Cambia orario e non può venire", "Una seduta in meno, di comune accordo"),
    "en": ("Moving away", "One visit less, as agreed"),
}
_BUYERS: Final = {
    "es": Buyer(name="Talleres Ejemplo, S.L.", tax_id="B00000001", address="Calle Inventada 4\n28010 Madrid"),
    "it": Buyer(name="Officine Esempio S.r.l.", tax_id="IT00000000001", address="Via Inventata 4\n20100 Milano"),
    "en": Buyer(name="Example Works Ltd", tax_id="GB000000001", address="4 Made-up Road\nLondon E9 0AA"),
}  # fmt: skip


def happen(*, business: Business, by: Actor, now: datetime) -> None:
    """Let each of these happen once, as far as there is somebody it can happen to."""
    _lose_a_credit(by=by, now=now)
    _cancel_two(by=by, now=now)
    leaving, less = _WORDS[business.language]
    paid = list(Sale.objects.filter(state=SaleState.PAID, kind="package").order_by("sold_at", "pk"))
    for number, sale in enumerate(paid[:_INVOICES]):
        buyer = _BUYERS[business.language] if number == 1 else None
        issue_invoice(sale=sale, buyer=buyer, by=by, now=now)
    if paid:
        share = paid[0].price_minor // paid[0].credits
        refund_sale(sale=paid[0], amount_minor=share, because=less, by=by, now=now)
    if len(paid) > _INVOICES:
        take_back(paid[-1], because=leaving, by=by, now=now)


def take_back(sale: Sale, *, because: str, by: Actor, now: datetime) -> None:
    """Void a sale: its money goes back as it came."""
    void_sale(sale=sale, because=because, by=by, now=now)


def _redeemed(status: Status) -> list[Appointment]:
    rows = Appointment.objects.filter(redemption=RedemptionState.REDEEMED, status=status)
    return list(rows.select_related("service", "client", "business").order_by("starts_at", "pk"))


def _lose_a_credit(*, by: Actor, now: datetime) -> None:
    """Somebody was noted as having come and had not: the credit is lost."""
    for appointment in [one for one in _redeemed(Status.ATTENDED) if one.starts_at < now][:1]:
        correct_status(appointment=appointment, to=Status.NO_SHOW, by=by, now=now)


def _cancel_two(*, by: Actor, now: datetime) -> None:
    """One cancels too late and loses the credit, one in time and keeps it."""
    soon = now + timedelta(hours=2)
    ahead = [one for one in _redeemed(Status.CONFIRMED) if one.starts_at > soon]
    for appointment, forfeits in zip(ahead[-2:], (True, False), strict=False):
        cancel_appointment(appointment=appointment, by=by, door="desk", forfeits=forfeits, now=now)
