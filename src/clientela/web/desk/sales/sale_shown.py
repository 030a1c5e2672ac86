"""What the page of a sale draws: sums, what became of each credit, money, papers, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.checkout.models import OrderState, RefundOrder
from clientela.checkout.queries.sale_page import UsedCredit, sale_page
from clientela.ledger.models import Payment, PaymentKind, Sale
from clientela.ledger.queries.sale_sums import SaleSums
from clientela.platform.audit import AuditEvent, history
from clientela.rules.sale_state import ENDED
from clientela.web.design import times
from clientela.web.design.figures import money
from clientela.web.design.shapes import Badge, Bead
from clientela.web.desk.appointment.history import names_of, who_acted
from clientela.web.desk.sales.effect import left_words
from clientela.web.desk.sales.methods import method_icon, method_words
from clientela.web.desk.staff import Desk
from clientela.web.refusals import when
from clientela.web.states import Audience, badge_of, sale_badge

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """One credit that is used: its number, for which appointment, and how that stands. Blank: not to be shown here.

    ``lent_to`` is somebody else of the household whose appointment it is.
    """

    number: int
    one: Appointment | None
    badge: Badge | None
    forfeited: bool
    lent_to: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyLine:
    """Money that came or went back."""

    title: str
    icon: str
    when: str
    note: str
    amount: str
    is_refund: bool


def shown(desk: Desk, sale: Sale) -> dict[str, Any]:
    """Return the values of the template; what is asked of the database does not grow with the sale."""
    page = sale_page(business=desk.business, sale_id=sale.pk)
    return {
        "sale": sale,
        "card": sale.client,
        "state": sale_badge(sale.state, audience=Audience.STAFF),
        "ended": page.is_over,
        "sums": page.sums,
        "due": due_of(sale, page.sums),
        "uses": [_use(one, sale, desk) for one in page.used],
        "left": "" if page.is_over else left_words(page.free, sale.valid_until),
        "money_lines": [
            *(_payment(one) for one in page.payments),
            *(_order(one, sale.currency) for one in page.orders),
        ],
        "papers": page.invoices,
        "may_refund": page.can_be_refunded and not page.is_over,
        "may_invoice": page.can_be_invoiced,
        "history": _history(sale, desk),
    }


def due_of(sale: Sale, sums: SaleSums) -> int:
    """What is still to be paid, in minor units; nothing of a sale that ended."""
    return 0 if sale.state in ENDED else max(0, sums.due)


def appointments_behind(desk: Desk, causes: Iterable[str]) -> dict[str, Appointment]:
    """Return the appointments that causes name, as far as this person may read them. One query."""
    named = {cause: appointment_id_of(cause) for cause in causes}
    ids = [one for one in named.values() if one is not None]
    rows = {one.pk: one for one in desk.appointments().filter(pk__in=ids)} if ids else {}
    return {cause: rows[key] for cause, key in named.items() if key in rows}


def _use(used: UsedCredit, sale: Sale, desk: Desk) -> Use:
    """One credit in use; a professional does not read of an appointment with a colleague."""
    one = used.appointment
    if (
        one is not None
        and not desk.sees_all
        and (desk.own is None or one.professional_id != desk.own.pk)
    ):
        one = None
    badge = (
        badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption) if one else None
    )
    is_lent = one is not None and one.client_id != sale.client_id
    return Use(
        number=used.number,
        one=one,
        badge=badge,
        forfeited=used.forfeited,
        lent_to=one.client.record_name if one and is_lent else "",
    )


def _payment(one: Payment) -> MoneyLine:
    is_refund = one.kind == PaymentKind.REFUND
    title = _("%(method)s, given back") if is_refund else "%(method)s"
    amount = money(one.amount_minor, one.currency)
    return MoneyLine(
        title=title % {"method": method_words(one.method)},
        icon="undo-2" if is_refund else method_icon(one.method),
        when=times.short_day_and_year(one.paid_on),
        note=one.note,
        amount=f"{MINUS}{amount}" if is_refund else amount,
        is_refund=is_refund,
    )


def _order(one: RefundOrder, currency: str) -> MoneyLine:
    """Money that is on its way back, or could not go."""
    words = {
        OrderState.ORDERED: _("On its way back to the client"),
        OrderState.FAILED: _("Could not be given back online: look at your payment provider"),
    }
    return MoneyLine(
        title=words[OrderState(one.state)],
        icon="hourglass" if one.state == OrderState.ORDERED else "triangle-alert",
        when="",
        note="",
        amount=f"{MINUS}{money(one.amount_minor, currency)}",
        is_refund=True,
    )


def _history(sale: Sale, desk: Desk) -> Sequence[Bead]:
    lines = list(history(subject=sale))[::-1]
    names = names_of(lines)
    return [_bead(line, names, desk.zone) for line in lines]


def _bead(line: AuditEvent, names: dict[object, str], zone: str) -> Bead:
    title, icon = _acts().get(line.action, (_("Changed"), "pencil"))
    return Bead(
        icon=icon,
        title=title,
        when=f"{when(line.at, zone)} · {who_acted(line, names)}",
        why=line.reason,
    )


def _acts() -> dict[str, tuple[str, str]]:
    return {
        "sale-made": (_("Sold"), "receipt"),
        "sale-voided": (_("Voided"), "x"),
        "payment-taken": (_("Payment taken"), "wallet"),
        "payment-refunded": (_("Money given back"), "undo-2"),
        "sale-refunded": (_("Part of the price taken back"), "undo-2"),
        "payment-returned": (_("Money given back by itself"), "undo-2"),
        "fee-charged": (_("Fee charged to the card that was kept"), "credit-card"),
        "credit-note-issued": (_("Credit note issued"), "file-text"),
        "invoice-issued": (_("Invoice issued"), "file-text"),
        "sale-link-sent": (_("Link to pay sent"), "link"),
    }
