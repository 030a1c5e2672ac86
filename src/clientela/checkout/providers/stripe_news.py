"""What Stripe's objects and events say, in the port's words."""

from __future__ import annotations

import json
from typing import Any, Final

from clientela.checkout.providers.port import Card, NotGenuine, Told
from clientela.checkout.providers.stripe_units import ours
from clientela.rules.payment_flow import News

KINDS: Final = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
        "payment_intent.succeeded",
        "refund.created",
        "refund.updated",
        "refund.failed",
        "charge.dispute.created",
        "charge.dispute.closed",
    }
)
"""The events we want to be told of; everything else is kept as not ours."""

OTHER_MODE: Final = "other-mode"
_GONE: Final = frozenset({"failed", "canceled"})


def told_of_event(event: bytes | dict[str, Any], *, is_live: bool) -> Told:
    """Read an event; refuses ``NotGenuine`` what is not one. Test events at a live account name no account of ours."""
    try:
        body = json.loads(event) if isinstance(event, bytes) else event
        kind, thing = str(body["type"]), body["data"]["object"]
        event_id, mode = str(body["id"]), bool(body["livemode"])
        account = str(body.get("account") or "") if mode is is_live else OTHER_MODE
        facts = _facts(kind, thing) if kind in KINDS else {"news": None}
        return Told(event_id=event_id, kind=kind[:60], account=account, **facts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotGenuine from error


def told_of_session(session: dict[str, Any], *, event_id: str) -> Told | None:
    """Say what became of a Checkout Session; ``None`` while it is open."""
    if session["status"] == "open":
        return None
    kind = (
        "checkout.session.expired"
        if session["status"] == "expired"
        else "checkout.session.completed"
    )
    return Told(event_id=event_id, kind=kind, **_session_facts(kind, session))


def _facts(kind: str, thing: dict[str, Any]) -> dict[str, Any]:
    if kind.startswith("checkout.session."):
        return _session_facts(kind, thing)
    if kind.startswith("refund."):
        return _refund_facts(thing)
    if kind.startswith("charge.dispute."):
        return _dispute_facts(kind, thing)
    return {
        "news": News.PAID,
        "attempt": _attempt(thing),
        "payment_ref": str(thing["id"]),
        **_amount(thing["amount_received"], thing),
    }


def _session_facts(kind: str, session: dict[str, Any]) -> dict[str, Any]:
    """A session that ended without the money yet (a slow method) is no news: its end will be told."""
    news: News | None = {
        "checkout.session.expired": News.EXPIRED,
        "checkout.session.async_payment_failed": News.FAILED,
    }.get(kind, News.PAID)
    if news is News.PAID and session.get("payment_status") == "unpaid":
        news = None
    intent = session.get("payment_intent") or session.get("setup_intent") or ""
    return {
        "news": news,
        "attempt": _attempt(session),
        "page_ref": str(session["id"]),
        "payment_ref": _id(intent),
        "card": _card(session.get("customer"), intent),
        **_amount(session.get("amount_total") or 0, session),
    }


def _refund_facts(refund: dict[str, Any]) -> dict[str, Any]:
    return {
        "news": News.REFUND_FAILED if refund["status"] in _GONE else News.REFUNDED,
        "payment_ref": _id(refund.get("payment_intent")),
        "refund_ref": str(refund["id"]),
        "order": str((refund.get("metadata") or {}).get("order", "")),
        **_amount(refund["amount"], refund),
    }


def _dispute_facts(kind: str, dispute: dict[str, Any]) -> dict[str, Any]:
    """A warning that was closed cost nothing: it counts as won."""
    closed = News.DISPUTE_LOST if dispute["status"] == "lost" else News.DISPUTE_WON
    return {
        "news": News.DISPUTED if kind.endswith(".created") else closed,
        "payment_ref": _id(dispute.get("payment_intent")),
        "refund_ref": str(dispute["id"]),
        **_amount(dispute["amount"], dispute),
    }


def _amount(amount: object, thing: dict[str, Any]) -> dict[str, Any]:
    if type(amount) is not int:
        raise TypeError("an amount is a whole number")
    currency = str(thing.get("currency") or "").upper()
    return {"amount_minor": ours(amount, currency), "currency": currency}


def _attempt(thing: dict[str, Any]) -> str:
    return str((thing.get("metadata") or {}).get("attempt", ""))


def _id(thing: object) -> str:
    """The id of what is named, or of what was read along with it."""
    if isinstance(thing, dict):
        return str(thing["id"])
    return str(thing or "")


def _card(customer: object, intent: object) -> Card | None:
    """The card, where it was read along."""
    method = intent.get("payment_method") if isinstance(intent, dict) else None
    if not isinstance(method, dict) or not customer:
        return None
    card = method.get("card") or {}
    return Card(
        customer_ref=_id(customer),
        card_ref=str(method["id"]),
        brand=str(card.get("brand", ""))[:20],
        last_digits=str(card.get("last4", ""))[:4],
        expires_month=card.get("exp_month"),
        expires_year=card.get("exp_year"),
    )
