"""The links of paying: to one attempt (kept hashed) and to one sale (derived from its id)."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.conf import settings

from clientela.checkout.models import PaymentAttempt
from clientela.ledger.models import Sale
from clientela.platform import links

ATTEMPT: Final = "payment-attempt"
SALE: Final = "pay-sale"
_SALE_TOKEN: Final = re.compile(r"(?P<sale>[0-9a-f]{32})-(?P<secret>[\w-]{27})", re.ASCII)


def new_link() -> tuple[str, str]:
    """Return a fresh nonce and the digest of its token, to be kept with an attempt."""
    nonce = links.new_nonce()
    return nonce, links.digest(links.derive(purpose=ATTEMPT, nonce=nonce))


def attempt_token(attempt: PaymentAttempt) -> str:
    """Derive the attempt's token again; raises ``LookupError`` when the key that made it is lost."""
    return links.rederive(purpose=ATTEMPT, nonce=attempt.link_nonce, digest=attempt.link_digest)


def attempt_path(attempt: PaymentAttempt) -> str:
    """Return the path of the page that an attempt returns to, without the host."""
    return f"/{attempt.business.slug}/pay/{attempt_token(attempt)}/"


def attempt_url(attempt: PaymentAttempt) -> str:
    """Return its address: built from the configured host, never from a request."""
    return f"{settings.PUBLIC_URL}{attempt_path(attempt)}"


def sale_path(sale: Sale) -> str:
    """Return the path by which a sale can be paid without signing in. It dies with the key, not by itself."""
    secret = links.derive(purpose=SALE, nonce=sale.pk.hex)
    return f"/{sale.business.slug}/pay/sale/{sale.pk.hex}-{secret}/"


def sale_url(sale: Sale) -> str:
    """Return the address to mail a client, to pay one sale."""
    return f"{settings.PUBLIC_URL}{sale_path(sale)}"


def sale_of_token(token: str) -> UUID | None:
    """Return the id of the sale that a link opens, or ``None`` if we never made that link."""
    found = _SALE_TOKEN.fullmatch(token)
    if found is None:
        return None
    if not links.is_derived(token=found["secret"], purpose=SALE, nonce=found["sale"]):
        return None
    return UUID(hex=found["sale"])
