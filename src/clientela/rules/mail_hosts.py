"""Who keeps a mailbox: one of the large providers, or a host of the owner's own; and which was meant by a slip.

Two small lists of our own: the providers most people have, towards which a slip is mended, and real hosts that only look like
one of them, which are left alone.
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
# Real, and a slip or two away from one of the above: whoever types these means them.
LOOK_ALIKES: Final = frozenset(
    {
        "email.com", "hotmail.ca", "hotmail.ch", "hotmail.cl",
        "hotmail.co.jp", "hotmail.co.th", "hotmail.no", "hotmail.pt", "hotmail.ro", "hotmail.se", "live.at",
        "live.ie", "live.in", "mail.com", "outlook.at", "outlook.ch", "outlook.cl", "outlook.cz",
        "outlook.ie", "outlook.in", "outlook.lt", "outlook.pt", "protonmail.ch", "telefonica.es",
        "yahoo.co.id", "yahoo.co.in", "yahoo.co.jp", "yahoo.ie", "yahoo.in", "yahoo.pt", "yahoo.se",
        "ymail.com",
    }
)  # fmt: skip
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
    """The address that was probably meant, or nothing if the domain looks right.

    Nothing for a provider's own domain, for one that only looks like it, and for whatever is more than a slip away
    (two, in a long name): a host of one's own is not to be talked out of. Only ever a question, never a correction.
    """
    mailbox, at, domain = email.strip().rpartition("@")
    domain = domain.casefold()
    if not (mailbox and at and domain) or domain in PROVIDERS or domain in LOOK_ALIKES:
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
