"""Which cards may be one person: what the staff are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clientela.business.models import Business
from clientela.people.match_hash import COMPARED
from clientela.people.models import Client, Suggestion
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.pair_words import ordered


def suggestions(*, business: Business, now: datetime) -> QuerySet[Suggestion]:
    """Return the pairs that are shown now, the likeliest first, each with its cards.

    Those that sleep after *later* are left out, and those of which a card is gone. Contacts are not fetched along.
    """
    awake = Q(asleep_until__isnull=True) | Q(asleep_until__lte=now)
    return (
        Suggestion.objects.filter(
            awake,
            business=business,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
            first__erased_at__isnull=True,
            second__erased_at__isnull=True,
        )
        .select_related("first", "second")
        .order_by("-probability", "-millibits", "id")
    )


def suggestions_of(
    *, card: Client, now: datetime, verdicts: Iterable[str] = ()
) -> list[Suggestion]:
    """Return the pairs that one card is in, the likeliest first; only those of ``verdicts``, if any are named."""
    found = suggestions(business=card.business, now=now).filter(Q(first=card) | Q(second=card))
    wanted = list(verdicts)
    return list(found.filter(verdict__in=wanted) if wanted else found)


def suggestion_between(*, one: UUID, other: UUID) -> Suggestion | None:
    """Return the suggestion of two cards, asleep or not."""
    first, second = ordered(one=one, other=other)
    return Suggestion.objects.filter(first=first, second=second).first()


def count_suggestions(*, business: Business, now: datetime) -> dict[str, int]:
    """Return how many pairs are shown now, by verdict. One query."""
    shown = suggestions(business=business, now=now).select_related(None).order_by()
    return dict(shown.values_list("verdict").annotate(Count("id")))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a business's cards were held beside the others; ``total`` is 0 when none waits."""

    waiting: int
    total: int

    @property
    def done(self) -> int:
        """How many are compared."""
        return self.total - self.waiting


def comparing(*, business: Business) -> Progress:
    """Return how far the comparing of a business's cards has come. One query when none waits, else two."""
    waiting = Client.objects.filter(business=business, compared_version__lt=COMPARED).count()
    if not waiting:
        return Progress(0, 0)
    return Progress(waiting, living_cards().filter(business=business).count())
