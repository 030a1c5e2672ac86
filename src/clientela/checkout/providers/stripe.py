"""Stripe, by its official library: hosted Checkout, refunds, kept cards, and the list of events.

Cards and the wallets built on them only, since they say at once whether they paid: while a time is held there
is no waiting for a bank. No card number ever passes through us.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

import stripe

from clientela.checkout.providers.port import (
    Card,
    CardRefused,
    ChargeWanted,
    Page,
    PageWanted,
    ProviderRefused,
    ProviderSilent,
    Told,
)
from clientela.checkout.providers.signature import verify
from clientela.checkout.providers.stripe_news import KINDS, told_of_event, told_of_session
from clientela.checkout.providers.stripe_units import theirs
from clientela.platform.failpoints import failpoint
from clientela.rules.payment_flow import News

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

SIGNATURE_HEADER: Final = "Stripe-Signature"
TIMEOUT_SECONDS: Final = 20
SHORTEST_PAGE: Final = timedelta(minutes=31)
"""A Checkout page stands at least half an hour; a hold that ends sooner closes it (`reconcile`)."""
API_BASE = "https://api.stripe.com"
AT_ONCE: Final = 100
LANGUAGES: Final[dict[str, Literal["en", "es", "it"]]] = {"en": "en", "es": "es", "it": "it"}


class StripeProvider:
    """One account of a business, spoken to with its own secret key."""

    def __init__(self, *, secret: str, hook_secret: str, remote_id: str = "") -> None:
        """Keep the secrets; nothing is called yet."""
        self.hook_secret = hook_secret
        self.remote_id = remote_id
        self.is_live = "_live_" in secret[:8]
        self.client = stripe.StripeClient(
            secret or "none",
            base_addresses={"api": API_BASE},
            max_network_retries=1,
            http_client=stripe.new_default_http_client(timeout=TIMEOUT_SECONDS),
        )

    def who(self) -> str:
        """Return the id of the account the key belongs to."""
        with _errors():
            return str(self.client.v1.accounts.retrieve_current().id)

    def open_page(self, wanted: PageWanted, *, now: datetime) -> Page:
        """Open a Checkout Session."""
        with _errors():
            session = self.client.v1.checkout.sessions.create(
                params=_session(wanted, now=now),
                options={"idempotency_key": f"page-{wanted.key}"},
            )
        failpoint("checkout.stripe.page-opened")
        return Page(page_ref=session.id, url=str(session.url))

    def end_page(self, page_ref: str, *, now: datetime) -> None:  # noqa: ARG002 -- the port's
        """Expire a session that is open; Stripe refuses one that ended, which is what we wanted."""
        try:
            with _errors():
                self.client.v1.checkout.sessions.expire(page_ref)
        except ProviderRefused:
            return

    def look_up(self, page_ref: str, *, now: datetime) -> Told | None:  # noqa: ARG002 -- the port's
        """Read a session with its payment and card."""
        with _errors():
            session = self.client.v1.checkout.sessions.retrieve(
                page_ref,
                params={"expand": ["payment_intent.payment_method", "setup_intent.payment_method"]},
            )
        return told_of_session(session.to_dict(), event_id=f"looked:{page_ref}:{session.status}")

    def charge_kept(self, wanted: ChargeWanted, *, now: datetime) -> Told:  # noqa: ARG002 -- the port's
        """Charge a kept card off session; one that was made before, even long ago, is found again."""
        with _errors():
            made = self.client.v1.payment_intents.list(
                params={"customer": wanted.card.customer_ref, "limit": AT_ONCE}
            )
            found = [one for one in made.data if _meta(one).get("attempt") == wanted.attempt]
            intent = found[0] if found else self._charge(wanted)
        failpoint("checkout.stripe.charged")
        if intent.status != "succeeded":
            raise CardRefused
        return Told(
            event_id=f"looked:{intent.id}",
            kind="payment_intent",
            news=News.PAID,
            attempt=wanted.attempt,
            payment_ref=intent.id,
            amount_minor=wanted.amount_minor,
            currency=wanted.currency,
        )

    def _charge(self, wanted: ChargeWanted) -> stripe.PaymentIntent:
        return self.client.v1.payment_intents.create(
            params={
                "amount": theirs(wanted.amount_minor, wanted.currency),
                "currency": wanted.currency.lower(),
                "customer": wanted.card.customer_ref,
                "payment_method": wanted.card.card_ref,
                "allowed_payment_method_types": ["card"],
                "off_session": True,
                "confirm": True,
                "description": wanted.title,
                "metadata": {"attempt": wanted.attempt},
            },
            options={"idempotency_key": f"charge-{wanted.key}"},
        )

    def refund(
        self,
        *,
        payment_ref: str,
        amount_minor: int,
        currency: str,
        key: str,
        now: datetime,  # noqa: ARG002 -- the port's
    ) -> str:
        """Give money back. Stripe forgets its keys after a day, so one made before is looked for first."""
        with _errors():
            made = self.client.v1.refunds.list(
                params={"payment_intent": payment_ref, "limit": AT_ONCE}
            )
            found = [one for one in made.data if _meta(one).get("order") == key]
            refund = found[0] if found else self._refund(payment_ref, amount_minor, currency, key)
        failpoint("checkout.stripe.refunded")
        if refund.status in {"failed", "canceled"}:
            raise ProviderRefused("refund-failed")
        return refund.id

    def _refund(self, payment_ref: str, amount: int, currency: str, key: str) -> stripe.Refund:
        return self.client.v1.refunds.create(
            params={
                "payment_intent": payment_ref,
                "amount": theirs(amount, currency),
                "metadata": {"order": key},
            },
            options={"idempotency_key": f"refund-{key}"},
        )

    def forget_card(self, card: Card, *, now: datetime) -> None:  # noqa: ARG002 -- the port's
        """Detach the card from its customer; one that is gone already is what we wanted."""
        try:
            with _errors():
                self.client.v1.payment_methods.detach(card.card_ref)
        except ProviderRefused:
            return

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """Verify the signature over the bytes as they came, and read them."""
        header = headers.get(SIGNATURE_HEADER, "")
        verify(body=body, header=header, secret=self.hook_secret, now=now)
        return told_of_event(body, is_live=self.is_live)

    def told_since(self, since: datetime, *, now: datetime) -> Iterator[Told]:  # noqa: ARG002 -- the port's
        """Go through Stripe's own list, newest first."""
        with _errors():
            events = self.client.v1.events.list(
                params={
                    "created": {"gte": int(since.timestamp())},
                    "types": sorted(KINDS),
                    "limit": AT_ONCE,
                }
            )
            for event in events.auto_paging_iter():
                yield told_of_event(event.to_dict(), is_live=self.is_live)


def _session(wanted: PageWanted, *, now: datetime) -> SessionCreateParams:
    """Return the parameters of a Checkout Session. Prices stay in the business's own currency."""
    meta = {"attempt": wanted.attempt}
    session: SessionCreateParams = {
        "client_reference_id": wanted.attempt,
        "metadata": meta,
        "success_url": wanted.back_url,
        "cancel_url": wanted.back_url,
        "allowed_payment_method_types": ["card"],
        "expires_at": int(max(wanted.expires_at, now + SHORTEST_PAGE).timestamp()),
    }
    if wanted.language in LANGUAGES:
        session["locale"] = LANGUAGES[wanted.language]
    if wanted.email:
        session["customer_email"] = wanted.email
    if wanted.keeps_card:
        session["customer_creation"] = "always"
    if not wanted.amount_minor:
        session["mode"] = "setup"
        session["setup_intent_data"] = {"metadata": meta}
        return session
    session["mode"] = "payment"
    session["adaptive_pricing"] = {"enabled": False}
    session["payment_intent_data"] = {"metadata": meta}
    if wanted.keeps_card:
        session["payment_intent_data"]["setup_future_usage"] = "off_session"
    session["line_items"] = [
        {
            "quantity": 1,
            "price_data": {
                "currency": wanted.currency.lower(),
                "unit_amount": theirs(wanted.amount_minor, wanted.currency),
                "product_data": {"name": wanted.title},
            },
        }
    ]
    return session


def _meta(row: Any) -> dict[str, Any]:  # noqa: ANN401 -- any object of the library
    return dict(row.metadata or {})


@contextmanager
def _errors() -> Iterator[None]:
    """Say the library's errors in the port's words. What may have been done anyway counts as silence."""
    try:
        yield
    except stripe.CardError as error:
        raise CardRefused from error
    except (
        stripe.InvalidRequestError,
        stripe.AuthenticationError,
        stripe.PermissionError,
        stripe.IdempotencyError,
    ) as error:
        raise ProviderRefused from error
    except stripe.StripeError as error:
        raise ProviderSilent from error
