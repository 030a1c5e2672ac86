"""How like two cards are, now."""

from __future__ import annotations

from datetime import datetime

from clientela.people.errors import CannotTakeUp
from clientela.people.models import Client
from clientela.people.queries.crowd_now import crowd_now
from clientela.people.queries.likenesses import likeness_of
from clientela.people.queries.match_cards import match_cards
from clientela.people.queries.pair_words import ordered
from clientela.rules.client_match import Likeness


def likeness_between(*, first: Client, second: Client, now: datetime) -> Likeness:
    """Return the likeness of two cards of one business, whoever is named first. Three statements at the most.

    Refuses ``CannotTakeUp`` (``card-gone``) when one of them stands for nobody any more.
    """
    pair = ordered(one=first.pk, other=second.pk)
    cards = match_cards(ids=pair)
    if len(cards) < len(pair):
        raise CannotTakeUp
    crowd = crowd_now(business_id=first.business_id, now=now)
    return likeness_of(business_id=first.business_id, pair=pair, cards=cards, among=crowd)
