"""The port: what we ask of a provider of online payments, and what it says.

Every call goes over a network, so it is made outside a transaction, from a row that stands already; that row's
id is the ``key`` which makes a repeated call the same call. Amounts are minor units of the ISO currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from clientela.platform.refusal import Refusal
from clientela.rules.payment_flow import News

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ProviderSilent(Refusal):
    """The provider did not answer, or could not: nothing is known of the call, and it may be repeated."""

    reason = "provider-silent"


class ProviderRefused(Refusal):
    """The provider understood and said no. Repeating the call changes nothing."""

    reason = "provider-refused"


class CardRefused(ProviderRefused):
    """The bank did not allow the payment."""

    reason = "card-refused"


class NotGenuine(Refusal):
    """What claims to be news of the provider is unsigned, altered, stale or not to be read."""

    reason = "not-genuine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card that the provider keeps: its references and what tells it apart, never its number."""

    customer_ref: str
    card_ref: str
    brand: str = ""
    last_digits: str = ""
    expires_month: int | None = None
    expires_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWanted:
    """A hosted page to be opened. Without an amount it only keeps a card; ``keeps_card`` does both."""

    key: str
    attempt: str
    title: str
    amount_minor: int
    currency: str
    keeps_card: bool
    language: str
    email: str
    back_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A hosted page that stands: its name at the provider, and its address."""

    page_ref: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeWanted:
    """A payment by a kept card, while its owner is not there."""

    key: str
    attempt: str
    title: str
    amount_minor: int
    currency: str
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing a provider says, in our words. What it did not say is blank or ``None``.

    ``news`` is ``None`` for what does not concern us. ``event_id`` names the saying: the same is the same.
    ``order`` is the id of our refund order where the provider repeats it.
    """

    event_id: str
    kind: str
    news: News | None
    account: str = ""
    attempt: str = ""
    page_ref: str = ""
    payment_ref: str = ""
    amount_minor: int | None = None
    currency: str = ""
    refund_ref: str = ""
    order: str = ""
    card: Card | None = None

    @property
    def attempt_id(self) -> UUID | None:
        """The attempt it names, if that is a name we could have given."""
        return _uuid(self.attempt)

    @property
    def order_id(self) -> UUID | None:
        """The refund order it names, likewise."""
        return _uuid(self.order)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Provider(Protocol):
    """What every provider can do. Raises ``ProviderSilent`` where nothing is known, else ``ProviderRefused``."""

    def who(self) -> str:
        """Return the name of our account there: a harmless call that proves the secret."""

    def open_page(self, wanted: PageWanted, *, now: datetime) -> Page:
        """Open a hosted page; the same key opens the same page."""

    def end_page(self, page_ref: str, *, now: datetime) -> None:
        """Close a page that nobody may use any more; one that has ended stays as it is."""

    def look_up(self, page_ref: str, *, now: datetime) -> Told | None:
        """Say what became of a page: paid, failed, expired; ``None`` while it is open."""

    def charge_kept(self, wanted: ChargeWanted, *, now: datetime) -> Told:
        """Take money by a kept card; the same key takes it once. Raises ``CardRefused``."""

    def refund(
        self, *, payment_ref: str, amount_minor: int, currency: str, key: str, now: datetime
    ) -> str:
        """Give money back and return the refund's name; the same key gives it back once."""

    def forget_card(self, card: Card, *, now: datetime) -> None:
        """Forget a kept card; one that is forgotten stays so."""

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """Verify and read a pushed event; raises ``NotGenuine``."""

    def told_since(self, since: datetime, *, now: datetime) -> Iterator[Told]:
        """Go through the provider's own list of events, for those that got lost on their way."""
