"""``clientela duplicates --business``: the cards of one business compared with each other, with progress."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from clientela.business.models import Business
from clientela.people.actions.compare_business import compare_business
from clientela.people.models import Suggestion
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

_WORDS: Final = {"keys": "Writing keys", "pairs": "Comparing pairs"}
_EVERY_SECONDS: Final = 2.0


class NoSuchBusiness(LookupError):
    """No business has this address."""


def compare_told(*, slug: str, say: Callable[[str], None]) -> None:
    """Compare all cards of the business at ``/slug/``, and ``say`` line by line how far it is and what was found.

    What is found stands on the desk's page of duplicates; nothing is merged. It may be interrupted and begun again.
    """
    business = Business.objects.filter(slug=slug).first()
    if business is None:
        raise NoSuchBusiness(slug)
    began = time.monotonic()
    done = compare_business(business=business, now=clock.now(), tell=_Teller(say))
    with business_scope(business.pk):
        found = Counter(Suggestion.objects.values_list("verdict", flat=True))
    counts = ", ".join(f"{found[word]} {word}" for word in ("same", "household", "undecided"))
    seconds = time.monotonic() - began
    say(f"{done.cards} cards, {done.pairs} pairs compared: {counts}. {seconds:.1f} s")


class _Teller:
    """Says how far it is, every two seconds and at each end."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said_at = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear how much of a stage is done."""
        now = time.monotonic()
        if done < total and now - self._said_at < _EVERY_SECONDS:
            return
        self._said_at = now
        self._say(f"{_WORDS[stage]}: {done} of {total}")
