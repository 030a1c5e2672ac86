"""What the page of a sale draws: sums, what became of each credit, money, papers, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.checkout.models import OrderState, RefundOrder
from clientela.ledger.models import Grant, Invoice, Payment, PaymentKind, Redemption, Sale
from clientela.ledger.queries.sale_sums import SaleSums, sums_of
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
    """One credit that is used: its number, for which appointment, and how that stands. Blank: not to be shown here."""

    number: int
    one: Appointment | None
    badge: Badge | None
    forfeited: bool


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
    grant = Grant.objects.filter(sale=sale).first()
    uses = uses_of(desk, grant) if grant else []
    sums = sums_of(sale)
    return {
        "sale": sale,
        "card": sale.client,
        "state": sale_badge(sale.state, audience=Audience.STAFF),
        "ended": sale.state in ENDED,
        "sums": sums,
        "due": due_of(sale, sums),
        "uses": uses,
        "left": left_words(grant.credits - len(uses), grant.valid_until)
        if grant and not grant.closed_at
        else "",
        "money_lines": [*_payments(sale), *_orders(sale)],
        "papers": list(
            Invoice.objects.filter(sale=sale).defer("document").order_by("issued_at", "id")
        ),
        "history": _history(sale, desk),
    }


def due_of(sale: Sale, sums: SaleSums) -> int:
    """What is still to be paid, in minor units; nothing of a sale that ended."""
    return 0 if sale.state in ENDED else max(0, sums.due)


def uses_of(desk: Desk, grant: Grant) -> list[Use]:
    """Return the standing uses of a grant's credits, in their order, with the appointments this person may read."""
    standing = Redemption.objects.filter(grant=grant, released_at__isnull=True).order_by("number")
    found = list(standing)
    rows = appointments_behind(desk, (one.cause for one in found))
    return [_use(one, rows.get(one.cause)) for one in found]


def appointments_behind(desk: Desk, causes: Iterable[str]) -> dict[str, Appointment]:
    """Return the appointments that causes name, as far as this person may read them. One query."""
    named = {cause: appointment_id_of(cause) for cause in causes}
    ids = [one for one in named.values() if one is not None]
    rows = {one.pk: one for one in desk.appointments().filter(pk__in=ids)} if ids else {}
    return {cause: rows[key] for cause, key in named.items() if key in rows}


def _use(one: Redemption, appointment: Appointment | None) -> Use:
    badge = None
    if appointment is not None:
        badge = badge_of(
            appointment.status, audience=Audience.STAFF, redemption=appointment.redemption
        )
    return Use(number=one.number, one=appointment, badge=badge, forfeited=one.forfeited)


def _payments(sale: Sale) -> list[MoneyLine]:
    rows = Payment.objects.filter(sale=sale).order_by("recorded_at", "id")
    return [_payment(one) for one in rows]


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


def _orders(sale: Sale) -> list[MoneyLine]:
    """Money that is on its way back, or could not go."""
    rows = RefundOrder.objects.filter(payment__sale=sale).exclude(state=OrderState.DONE)
    words = {
        OrderState.ORDERED: _("On its way back to the client"),
        OrderState.FAILED: _("Could not be given back online: look at your payment provider"),
    }
    return [
        MoneyLine(
            title=words[OrderState(one.state)],
            icon="hourglass" if one.state == OrderState.ORDERED else "triangle-alert",
            when="",
            note="",
            amount=f"{MINUS}{money(one.amount_minor, sale.currency)}",
            is_refund=True,
        )
        for one in rows.order_by("ordered_at", "id")
    ]


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
        "price-returned": (_("Part of the price taken back"), "undo-2"),
        "credit-note-issued": (_("Credit note issued"), "file-text"),
        "invoice-issued": (_("Invoice issued"), "file-text"),
        "sale-link-sent": (_("Link to pay sent"), "link"),
    }
