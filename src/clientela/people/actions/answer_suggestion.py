"""Say what two cards are to each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.decide_pair import decide_pair
from clientela.people.actions.hold_cards import hold_cards
from clientela.people.actions.keep_suggestions import suggested, write_suggestions
from clientela.people.models import Client, PairDecision, PairVerdict, Suggestion
from clientela.people.queries.likeness_between import likeness_between
from clientela.people.queries.pair_words import ordered, pair_words
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.rules.client_match import Verdict


def answer_suggestion(
    *, first: Client, second: Client, word: PairVerdict, by: Actor, now: datetime
) -> PairDecision:
    """Keep the staff's word about two cards, and let the pair be proposed, or not, as it then is.

    *Different* and *household* take the suggestion away, *later* for thirty days; *open* takes the former word back, and
    the suggestion returns. Nothing else follows: no card changes. The order of the two does not matter. Refuses
    ``CannotTakeUp`` (``card-gone``).
    """
    with business_scope(first.business_id), transaction.atomic():
        hold_cards(cards=(first.pk, second.pk))
        likeness = likeness_between(first=first, second=second, now=now)
        decided = decide_pair(
            first=first,
            second=second,
            verdict=word,
            millibits=likeness.millibits,
            because="staff-word",
            by=by,
            now=now,
        )
        pair = ordered(one=first.pk, other=second.pk)
        Suggestion.objects.filter(first=pair[0], second=pair[1]).delete()
        if likeness.verdict is not Verdict.NONE:
            write_suggestions(
                rows=suggested(
                    business_id=first.business_id,
                    found={pair: likeness},
                    words=pair_words(ids=pair),
                    now=now,
                )
            )
    return decided
