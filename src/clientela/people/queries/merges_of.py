"""The merges that a card took part in."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from clientela.people.models import Client, Merge, PartingQuestion


def merges_of(card: Client) -> QuerySet[Merge]:
    """Return the merges of a card and of those it took up, newest first, with how many values each moved (``values_moved``)."""
    taken_up = Client.objects.filter(merged_into=card).values("pk")
    mine = Q(survivor=card) | Q(absorbed=card) | Q(survivor__in=taken_up) | Q(absorbed__in=taken_up)
    return (
        Merge.objects.filter(mine)
        .select_related("survivor", "absorbed")
        .annotate(values_moved=Count("rows"))
        .order_by("-pk")
    )


def open_questions(card: Client) -> QuerySet[PartingQuestion]:
    """Return what nobody has said whose it is, of the partings of a card, oldest first."""
    mine = Q(merge__survivor=card) | Q(merge__absorbed=card)
    taken_up = Client.objects.filter(merged_into=card).values("pk")
    mine |= Q(merge__survivor__in=taken_up) | Q(merge__absorbed__in=taken_up)
    return (
        PartingQuestion.objects.filter(mine, decided_at__isnull=True)
        .select_related("merge__survivor", "merge__absorbed")
        .order_by("pk")
    )
