"""What a matching key is kept as: a number that tells nothing to whoever reads the table without the secret."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final
from uuid import UUID

from clientela.platform.keys import working_keys
from clientela.rules.client_match import VERSION, MatchCard
from clientela.rules.match_keys import KeyKind, keys_of

KIND_BITS: Final = 4
_KIND: Final = (1 << KIND_BITS) - 1

# How far a card is (``Client.compared_version``): its keys stand; a batch is holding it beside the others; that was
# done. Less than the first is a card from before this version, or from a file: its keys are still to be written.
# Everything below the last is due, so that of a batch that was killed nothing counts as done.
KEYED: Final = 4 * VERSION
COMPARING: Final = KEYED + 1
COMPARED: Final = KEYED + 2


def key_numbers(card: MatchCard, *, business_id: UUID) -> dict[int, KeyKind]:
    """Return every key of a card as a 64-bit signed number, with its kind, which is also its lowest four bits.

    The business and the version of the rule are hashed along: the same address is another number next door, and keys
    of two versions never meet.
    """
    started = _started(business_id, working_keys("client-keys")[0])
    return {_number(started, kind, value): kind for kind, value in keys_of(card)}


def kind_of(number: int) -> KeyKind:
    """Return of what kind a key's number is."""
    return KeyKind(number & _KIND)


@lru_cache(maxsize=64)
def _started(business_id: UUID, secret: bytes) -> blake2b:
    """Return the hash begun with what all keys of a business share; it is copied, never updated."""
    begun = blake2b(digest_size=8, key=secret, person=b"client-key")
    begun.update(business_id.bytes + VERSION.to_bytes(2))
    return begun


def _number(started: blake2b, kind: KeyKind, value: str) -> int:
    hashed = started.copy()
    hashed.update(bytes((kind,)) + value.encode())
    return int.from_bytes(hashed.digest(), signed=True) & ~_KIND | kind
