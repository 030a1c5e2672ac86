"""A riddle that costs a machine work before it may write to us; made and checked here, no stranger is asked.

A browser finds a number whose hash was told (ALTCHA's first protocol, by its own library). Whose browser runs no
script is asked which of three words is a day of the week: weak, but readable by everybody, and limited in number.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from altcha.v1 import Payload, create_challenge, extract_params, verify_solution

from clientela.platform import sealed
from clientela.platform.keys import working_keys
from clientela.platform.throttle import allow

LASTS: Final = timedelta(hours=1)
HARDEST: Final = 60_000
"""The largest number that may have to be tried: about a second of a telephone."""
LONGEST: Final = 2_000
PLAIN_ANSWERS_AN_HOUR: Final = 30
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Riddle:
    """What the page gives to the script, and the words that are asked where no script runs.

    ``challenge``, ``salt`` and ``signature`` are ALTCHA's. ``choice`` is sealed: it knows which of the three is the day.
    """

    challenge: str
    salt: str
    signature: str
    hardest: int
    choice: str
    days_place: int


def new_riddle(*, now: datetime) -> Riddle:
    """Make one; it can be answered once, within an hour. Writes nothing."""
    until = str(int((now + LASTS).timestamp()))
    made = create_challenge(
        algorithm="SHA-256",
        max_number=HARDEST,
        salt_length=12,
        hmac_key=_keys()[0],
        salt="",
        number=None,
        expires=None,
        params={"until": until},
    )
    place = secrets.randbelow(3)
    return Riddle(
        challenge=made.challenge,
        salt=made.salt,
        signature=made.signature,
        hardest=HARDEST,
        choice=sealed.seal({"place": place, "until": until, "once": secrets.token_hex(8)}),
        days_place=place,
    )


def is_solved(*, proof: str, now: datetime) -> bool:
    """Whether this is the answer of a riddle of ours, in time and for the first time."""
    answer = _read(proof)
    if answer is None:
        return False
    if not any(verify_solution(answer, key, check_expires=False)[0] for key in _keys()):
        return False
    until = extract_params(answer.to_dict()).get("until", [""])[0]
    return _is_ahead(until, now) and _first(answer.challenge, now)


def is_chosen(*, choice: str, place: str, now: datetime) -> bool:
    """Whether the word picked is the day of the week; counted for the whole installation, for it can be guessed."""
    try:
        known = sealed.unseal(choice[:LONGEST])
    except (sealed.Unreadable, UnicodeEncodeError):
        return False
    if not isinstance(known, dict) or not _is_ahead(str(known.get("until")), now):
        return False
    if not allow(key="plain-riddle", limit=PLAIN_ANSWERS_AN_HOUR, per_seconds=3600, now=now):
        return False
    return _first(str(known.get("once")), now) and place == str(known.get("place"))


def _read(proof: str) -> Payload | None:
    """Return the answer as ALTCHA writes it, or None for anything else: it comes from a stranger."""
    try:
        read = json.loads(base64.b64decode(proof[:LONGEST], validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    words = ("challenge", "salt", "signature")
    if not isinstance(read, dict) or not all(isinstance(read.get(word), str) for word in words):
        return None
    number = read.get("number")
    if not isinstance(number, int):
        return None
    return Payload("SHA-256", read["challenge"], number, read["salt"], read["signature"])


def _is_ahead(until: str, now: datetime) -> bool:
    return until.isascii() and until.isdigit() and now.timestamp() < int(until[:12])


def _first(riddle: str, now: datetime) -> bool:
    return allow(key=f"riddle:{riddle}", limit=1, per_seconds=_DAY, now=now)


def _keys() -> list[bytes]:
    return working_keys("captcha")
