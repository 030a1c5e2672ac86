"""Where a waiting entry is looked at and left, and where an offered time is booked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.booking.queries.engine_needs import exact
from clientela.platform import links

PURPOSE: Final = "waiting-list"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")
_INSTANT: Final = "%Y%m%dT%H%MZ"


def new_wait_link() -> tuple[str, str]:
    """Return a fresh nonce and the digest of its token, to be kept with an entry."""
    nonce = links.new_nonce()
    return nonce, links.digest(links.derive(purpose=PURPOSE, nonce=nonce))


def entry_by_token(token: str) -> WaitingEntry | None:
    """Return the scope's entry that this token opens; unknown and malformed look the same."""
    if not _TOKEN.fullmatch(token):
        return None
    with_all = WaitingEntry.objects.select_related(
        "business", "service", "location", "professional__resource", "client"
    )
    found = with_all.filter(link_digest=links.digest(token)).first()
    return found if found and links.matches(token=token, digest=found.link_digest) else None


def wait_path(entry: WaitingEntry) -> str:
    """Return the path of the entry's own page. Raises ``LookupError`` when the key that made its link is lost."""
    token = links.rederive(purpose=PURPOSE, nonce=entry.link_nonce, digest=entry.link_digest)
    return f"/{entry.business.slug}/waiting/{token}/"


def wait_url(entry: WaitingEntry) -> str:
    """Return the address of the entry's own page for a message: built from the configured host."""
    return f"{settings.PUBLIC_URL}{wait_path(entry)}"


def offer_path(offer: WaitingOffer) -> str:
    """Return the booking page with the offered time chosen: no secret in it."""
    entry = offer.entry
    chosen = {
        "service": str(entry.service_id),
        "location": str(entry.location_id),
        "professional": str(offer.professional_id),
        "start": exact(offer.starts_at).strftime(_INSTANT),
        **({"zone": entry.zone} if entry.zone else {}),
    }
    return f"/{entry.business.slug}/?{urlencode(chosen)}"


def offer_url(offer: WaitingOffer) -> str:
    """Return the same for a message."""
    return f"{settings.PUBLIC_URL}{offer_path(offer)}"
