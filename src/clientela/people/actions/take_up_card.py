"""The person says themselves that a card is theirs: their own card takes it up."""

from __future__ import annotations

from datetime import datetime

from clientela.people.actions.merge_clients import merge_clients
from clientela.people.models import Client, Merge, Proof
from clientela.platform.actor import Actor


def take_up_card(*, card: Client, into: Client, proof: Proof, by: Actor, now: datetime) -> Merge:
    """Let ``into`` take up ``card`` where nobody was shown a plan: ``merge_clients`` on the person's own log-in.

    Refuses what that refuses; a card that has a log-in of its own is never taken up here (``two-log-ins``).
    """
    return merge_clients(card=card, into=into, proof=proof, by=by, now=now)
