"""On a client's record: which other cards may be of the same person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from clientela.people.models import Client
from clientela.people.queries.suggestions import suggestions_of
from clientela.rules.client_match import Verdict
from clientela.web.design.shapes import Badge
from clientela.web.desk.duplicates.words import likely
from clientela.web.desk.staff import Desk

_MOST: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Another card, how likely it is of the same person, and where the two are held side by side."""

    card: Client
    likely: Badge
    url: str


def alike_on_record(desk: Desk, card: Client) -> list[Alike]:
    """Return the likeliest three; nothing for who reaches only their own clients. One query."""
    if not desk.sees_all:
        return []
    found = suggestions_of(card=card, now=desk.now, verdicts=[Verdict.SAME, Verdict.UNDECIDED])
    return [
        Alike(
            card=one.second if one.first_id == card.pk else one.first,
            likely=likely(one.verdict, one.probability),
            url=reverse("desk:duplicate", args=[desk.business.slug, one.first_id, one.second_id]),
        )
        for one in found[:_MOST]
    ]
