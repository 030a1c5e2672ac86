"""Questions about appointments that stand at my address: are they mine? Without their details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from clientela.people.queries.card_questions import CardQuestion
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer that was refused: to which question, what was typed, and why not."""

    card_id: UUID
    name: str
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as the page draws it."""

    question: CardQuestion
    brand: Brand
    url: str
    name: str = ""
    error: str = ""


def asked_questions(questions: Sequence[CardQuestion], answered: Answered | None) -> list[Asked]:
    """Draw the questions; the refused answer stands at its own."""
    return [
        Asked(
            question=one,
            brand=brand_of(one.business),
            url=reverse("client:card-question", args=[one.card_id]),
            name=answered.name if answered and answered.card_id == one.card_id else "",
            error=answered.error if answered and answered.card_id == one.card_id else "",
        )
        for one in questions
    ]
