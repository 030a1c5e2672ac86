"""The simulated provider's news as JSON, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientela.checkout.providers.port import Card, Told
from clientela.platform.ids import uuid7
from clientela.rules.payment_flow import News

if TYPE_CHECKING:
    from clientela.checkout.models import SimulatedPayment, SimulatedRefund


def news_of(
    payment: SimulatedPayment,
    news: News,
    *,
    refund: SimulatedRefund | None = None,
    event_id: str = "",
) -> dict[str, Any]:
    """Return what the simulator says of one of its payments; a refund's amount is the refund's own."""
    return {
        "id": event_id or f"sim_event_{uuid7().hex}",
        "kind": news.value,
        "account": payment.account_ref,
        "attempt": payment.wanted.get("attempt", ""),
        "page": payment.page_ref,
        "payment": payment.payment_ref,
        "amount": refund.amount_minor if refund else payment.amount_minor,
        "currency": payment.currency,
        "refund": refund.refund_ref if refund else "",
        "order": refund.key if refund else "",
        "card": _card(payment),
    }


def told_of(body: dict[str, Any]) -> Told:
    """Read the simulator's JSON; raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    amount = body["amount"]
    if type(amount) is not int or amount < 0:
        raise ValueError("an amount is a whole number")
    card = body.get("card")
    known = News._value2member_map_
    return Told(
        event_id=_text(body["id"]),
        kind=_text(body["kind"])[:60],
        news=News(body["kind"]) if body["kind"] in known else None,
        account=_text(body["account"]),
        attempt=_text(body["attempt"]),
        page_ref=_text(body["page"]),
        payment_ref=_text(body["payment"]),
        amount_minor=amount,
        currency=_text(body["currency"]),
        refund_ref=_text(body.get("refund", "")),
        order=_text(body.get("order", "")),
        card=Card(**card) if card else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a name is text")
    return value


def _card(payment: SimulatedPayment) -> dict[str, Any] | None:
    if not payment.keeps_card or not payment.payment_ref:
        return None
    name = payment.payment_ref.removeprefix("sim_pay_")
    return {
        "customer_ref": f"sim_customer_{name}",
        "card_ref": f"sim_card_{name}",
        "brand": "Visa",
        "last_digits": "4242",
        "expires_month": 12,
        "expires_year": payment.created_at.year + 3,
    }
