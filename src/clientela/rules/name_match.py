"""When two ways of writing a name or an address are the same.

Used to decide whether a guest's booking joins an existing client card: the address must be the
same and the name must agree. A name alone never joins anything.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import idna

_LETTERS_WITHOUT_ACCENTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)


def normalise_name(name: str) -> str:
    """Return a name as it is kept: composed letters, single spaces, no control or invisible characters."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(
        " " if char.isspace() else char for char in composed if char.isspace() or _is_visible(char)
    )
    return " ".join(kept.split())


def normalise_email(address: str) -> str:
    """Return an address in its comparable form: trimmed, NFKC, in small letters, its domain as IDNA 2008 has it.

    Strictly the part before the ``@`` may depend on case; no provider of note lets it, and two
    cards for ``Ana@`` and ``ana@`` would be the greater harm. Dots and ``+tags`` are kept: they
    are different mailboxes with most providers; so is ``ß`` beside ``ss``. Whether it is an address at all is not asked.
    """
    local, at, domain = _small(address).strip().rpartition("@")
    if not domain.isascii() or "xn--" in domain:
        domain = _readable(domain)
    return f"{local}{at}{domain}"


def _readable(domain: str) -> str:
    """Return a domain as people write it, in one of its spellings; as it is, where it is none."""
    try:
        return idna.decode(domain, uts46=True)
    except (idna.IDNAError, UnicodeError):
        return domain


def _small(text: str) -> str:
    """Return letters as they are meant (NFKC), in small; no ``ß`` becomes ``ss`` as in folding. Twice, as in ``_folded``."""
    for _ in range(2):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return text


def search_text(text: str) -> str:
    """Return what a search compares: case-folded, without accents, letters and digits in single-spaced words."""
    folded = _folded(text, "NFKD").translate(_LETTERS_WITHOUT_ACCENTS)
    plain = (char for char in folded if not unicodedata.combining(char))
    return " ".join(
        "".join(char if char.isalnum() or char in "@.+" else " " for char in plain).split()
    )


def same_name(one: str, other: str) -> bool:
    """Say whether two names have the same words, in any order; accents and case do not count.

    Two empty names are not the same: nothing was said.
    """
    words, others = sorted(_words(one)), sorted(_words(other))
    return bool(words) and words == others


def _words(name: str) -> list[str]:
    """Words of a name without accents and punctuation."""
    return "".join(char if char.isalnum() else " " for char in search_text(name)).split()


def _folded(text: str, form: Literal["NFC", "NFKD"]) -> str:
    """Case-fold and normalise; twice, for each may give the other new work (a styled capital S is one)."""
    for _ in range(2):
        text = unicodedata.normalize(form, unicodedata.normalize(form, text).casefold())
    return text


def _is_visible(char: str) -> bool:
    """Joiners stay: some scripts need them inside a word; controls and other format characters go."""
    return char in "\u200c\u200d" or unicodedata.category(char) not in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
    }
