"""What people said of the help."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from clientela.support.models import HelpFeedback


@dataclass(frozen=True, slots=True)
class Helped:
    """How often an article answered the question, and how often not."""

    article: str
    yes: int
    no: int


def helped() -> list[Helped]:
    """Return the count of each article that anybody spoke of, the least helpful first; one query."""
    rows = (
        HelpFeedback.objects.values("article")
        .annotate(
            yes=Count("id", filter=Q(was_answered=True)),
            no=Count("id", filter=Q(was_answered=False)),
        )
        .order_by("-no", "article")
    )
    return [Helped(row["article"], row["yes"], row["no"]) for row in rows]


def comments(*, most: int) -> list[HelpFeedback]:
    """Return what was said in words, newest first."""
    said = HelpFeedback.objects.exclude(comment="").order_by("-at", "-id")
    return list(said[:most])
