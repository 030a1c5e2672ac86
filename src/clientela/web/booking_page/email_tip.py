"""Did you mean …? A likely slip of the fingers in the domain of an e-mail address.

A small list of our own, because most of the mail of most businesses goes to a few providers. A tip
is only ever an offer: an address that is meant as typed is taken as typed.
"""

from __future__ import annotations

from typing import Final

KNOWN: Final = (
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


def likely_meant(email: str) -> str:
    """The address that was probably meant, or nothing if the domain looks right."""
    mailbox, at, domain = email.strip().rpartition("@")
    domain = domain.casefold()
    if not (mailbox and at and domain) or domain in KNOWN:
        return ""
    meant = _nearest(domain) or _with_right_ending(domain)
    return f"{mailbox}@{meant}" if meant else ""


def _nearest(domain: str) -> str:
    """The provider one slip away (two, for a long name); nothing for short names that may be real."""
    slips = {known: distance(domain, known) for known in KNOWN if len(known) >= SHORT}
    if not slips:
        return ""
    nearest = min(slips, key=lambda known: slips[known])
    allowed = 2 if len(nearest) >= LONG else 1
    return nearest if slips[nearest] <= allowed else ""


def _with_right_ending(domain: str) -> str:
    name, _, ending = domain.rpartition(".")
    return f"{name}.{ENDINGS[ending]}" if name and ending in ENDINGS else ""


def distance(one: str, other: str) -> int:
    """How many slips apart two words are: a letter too many, missing, wrong, or two swapped."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, match in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
