"""The simulated provider: it stands where a real one would, with books of its own, and moves no money.

It keeps its word as a provider does: a repeated call with one key is one call, what it accepted is accepted even
if the answer gets lost, and its news is signed. Only demo and test installations have one.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from clientela.checkout.models import (
    SimulatedNews,
    SimulatedPayment,
    SimulatedRefund,
    SimulatedState,
)
from clientela.checkout.providers.port import (
    Card,
    CardRefused,
    ChargeWanted,
    NotGenuine,
    Page,
    PageWanted,
    ProviderRefused,
    Told,
)
from clientela.checkout.providers.signature import verify
from clientela.checkout.providers.simulated_news import news_of, told_of
from clientela.platform.failpoints import failpoint
from clientela.platform.ids import uuid7
from clientela.rules.payment_flow import News

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIGNATURE_HEADER = "Simulator-Signature"
REFUSED_CARD = "sim_card_refused"
"""The kept card that every charge is refused of."""


class Simulator:
    """One simulated account; ``hook_secret`` signs its news."""

    def __init__(self, *, account_ref: str, hook_secret: str) -> None:
        """Speak for one account."""
        self.account_ref = account_ref
        self.hook_secret = hook_secret

    def who(self) -> str:
        """Return the account's name; simulated secrets are always right."""
        return self.account_ref

    def open_page(self, wanted: PageWanted, *, now: datetime) -> Page:
        """Open a page under ``/simulator/payment/``; the same key opens the same one."""
        row, _ = SimulatedPayment.objects.get_or_create(  # writes: the provider's own books
            account_ref=self.account_ref,
            key=wanted.key,
            defaults={
                "page_ref": f"sim_page_{uuid7().hex}",
                "amount_minor": wanted.amount_minor,
                "currency": wanted.currency,
                "keeps_card": wanted.keeps_card,
                "wanted": {
                    "attempt": wanted.attempt,
                    "title": wanted.title,
                    "back_url": wanted.back_url,
                    "language": wanted.language,
                },
                "created_at": now,
                "expires_at": wanted.expires_at,
            },
        )
        failpoint("checkout.simulator.page-opened")
        return Page(page_ref=row.page_ref, url=f"/simulator/payment/{row.page_ref}/")

    def end_page(self, page_ref: str, *, now: datetime) -> None:
        """Close an open page."""
        page = self._rows().filter(page_ref=page_ref, state=SimulatedState.OPEN)
        page.update(state=SimulatedState.CLOSED, settled_at=now)  # writes: likewise

    def look_up(self, page_ref: str, *, now: datetime) -> Told | None:
        """Say what became of a page; one past its time has expired."""
        row = self._rows().filter(page_ref=page_ref).first()
        if row is None:
            raise ProviderRefused("no-such-page")
        if row.state == SimulatedState.PAID:
            return told_of(news_of(row, News.PAID, event_id=f"looked:{row.payment_ref}"))
        if row.state != SimulatedState.OPEN or row.expires_at <= now:
            self.end_page(page_ref, now=now)
            return told_of(news_of(row, News.EXPIRED, event_id=f"looked:{row.page_ref}:expired"))
        return None

    def charge_kept(self, wanted: ChargeWanted, *, now: datetime) -> Told:
        """Take money by a kept card at once."""
        if wanted.card.card_ref.startswith(REFUSED_CARD):
            raise CardRefused
        name = uuid7().hex
        with transaction.atomic():
            row, is_new = SimulatedPayment.objects.get_or_create(  # writes: likewise
                account_ref=self.account_ref,
                key=wanted.key,
                defaults={
                    "page_ref": f"sim_charge_{name}",
                    "payment_ref": f"sim_pay_{name}",
                    "amount_minor": wanted.amount_minor,
                    "currency": wanted.currency,
                    "wanted": {"attempt": wanted.attempt, "title": wanted.title},
                    "state": SimulatedState.PAID,
                    "created_at": now,
                    "expires_at": now,
                    "settled_at": now,
                },
            )
            if is_new:
                self.note(news_of(row, News.PAID), now=now, due_at=now)
        failpoint("checkout.simulator.charged")
        return told_of(news_of(row, News.PAID, event_id=f"looked:{row.payment_ref}"))

    def refund(
        self, *, payment_ref: str, amount_minor: int, currency: str, key: str, now: datetime
    ) -> str:
        """Give money back, never more than was paid; the same key gives it back once."""
        with transaction.atomic():
            payment = self._rows().select_for_update().filter(payment_ref=payment_ref).first()
            if payment is None or payment.currency != currency:
                raise ProviderRefused("no-such-payment")
            refund = payment.refunds.filter(key=key).first()
            if refund is None:
                back = payment.refunds.aggregate(sum=Sum("amount_minor"))["sum"] or 0
                if back + amount_minor > payment.amount_minor:
                    raise ProviderRefused("refund-too-much")
                refund = SimulatedRefund.objects.create(  # writes: likewise
                    payment=payment,
                    key=key,
                    refund_ref=f"sim_refund_{uuid7().hex}",
                    amount_minor=amount_minor,
                    made_at=now,
                )
                self.note(news_of(payment, News.REFUNDED, refund=refund), now=now, due_at=now)
        failpoint("checkout.simulator.refunded")
        return refund.refund_ref

    def forget_card(self, card: Card, *, now: datetime) -> None:
        """Nothing is kept of a simulated card but its name."""

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """Verify the signature over the bytes as they came, and read them."""
        verify(
            body=body, header=headers.get(SIGNATURE_HEADER, ""), secret=self.hook_secret, now=now
        )
        try:
            return told_of(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NotGenuine from error

    def told_since(self, since: datetime, *, now: datetime) -> Iterator[Told]:
        """Go through everything that was to be told, also what never was."""
        rows = SimulatedNews.objects.filter(
            Q(due_at__isnull=True) | Q(due_at__lte=now),
            account_ref=self.account_ref,
            made_at__gte=since,
        )
        for row in rows.order_by("made_at", "id").iterator(chunk_size=500):
            yield told_of(row.body)

    def note(self, body: dict[str, Any], *, now: datetime, due_at: datetime | None) -> None:
        """Put news on the list; it is pushed at ``due_at``, or never."""
        SimulatedNews.objects.create(  # writes: likewise
            account_ref=self.account_ref,
            event_id=body["id"],
            body=body,
            made_at=now,
            due_at=due_at,
        )

    def _rows(self) -> QuerySet[SimulatedPayment]:
        """The payments of this account."""
        return SimulatedPayment.objects.filter(account_ref=self.account_ref)
