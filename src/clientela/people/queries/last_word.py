"""What was last said of two cards."""

from __future__ import annotations

from clientela.people.models import Client, PairDecision, PairVerdict
from clientela.people.queries.pair_words import ordered


def last_word(*, first: Client, second: Client) -> PairDecision | None:
    """Return the decision that holds for exactly these two cards; None, if there is none or it was taken back."""
    low, high = ordered(one=first.pk, other=second.pk)
    said = PairDecision.objects.filter(first_id=low, second_id=high).order_by("-at", "-id").first()
    return None if said is None or said.verdict == PairVerdict.OPEN else said
