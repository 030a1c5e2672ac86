"""Who keeps a mailbox: one of the large providers, or a host of the owner's own.

A small list of our own: most of the mail of most businesses goes to a few providers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from clientela.rules.near_miss import slips

PROVIDERS: Final = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.es",
    "hotmail.it",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.es",
    "outlook.it",
    "live.com",
    "live.it",
    "msn.com",
    "yahoo.com",
    "yahoo.es",
    "yahoo.it",
    "yahoo.co.uk",
    "icloud.com",
    "me.com",
    "protonmail.com",
    "proton.me",
    "gmx.com",
    "telefonica.net",
    "movistar.es",
    "libero.it",
    "virgilio.it",
    "tiscali.it",
    "alice.it",
    "tin.it",
    "btinternet.com",
    "sky.com",
    "example.com",
)
ENDINGS: Final = {
    "con": "com",
    "cm": "com",
    "cmo": "com",
    "comm": "com",
    "ocm": "com",
    "vom": "com",
    "xom": "com",
    "couk": "co.uk",
    "ness": "net",
}
SHORT: Final = 7  # a short name has near neighbours that are real: one slip only from here up
LONG: Final = 11  # two slips are believable in a long one


def is_large_provider(email: str) -> bool:
    """Whether the mailbox is with one of the large providers; a host of one's own can be asked to let us through."""
    return email.rpartition("@")[2].casefold() in PROVIDERS


def likely_meant(email: str) -> str:
    """The address that was probably meant, or nothing if the domain looks right."""
    mailbox, at, domain = email.strip().rpartition("@")
    domain = domain.casefold()
    if not (mailbox and at and domain) or domain in PROVIDERS:
        return ""
    meant = _nearest(domain) or _with_right_ending(domain)
    return f"{mailbox}@{meant}" if meant else ""


@lru_cache(maxsize=4096)
def _nearest(domain: str) -> str:
    """The provider one slip away (two, for a long name); nothing for short names that may be real."""
    found = {known: slips(domain, known) for known in PROVIDERS if len(known) >= SHORT}
    nearest = min(found, key=lambda known: found[known])
    allowed = 2 if len(nearest) >= LONG else 1
    return nearest if found[nearest] <= allowed else ""


def _with_right_ending(domain: str) -> str:
    name, _, ending = domain.rpartition(".")
    return f"{name}.{ENDINGS[ending]}" if name and ending in ENDINGS else ""
