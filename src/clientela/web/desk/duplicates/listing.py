"""The list: pairs of cards that may be one person, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.people.models import Client, Suggestion
from clientela.people.queries.likenesses import as_evidence
from clientela.people.queries.suggestions import comparing, count_suggestions, suggestions
from clientela.policy.door_request import DoorRequest
from clientela.rules.client_match import Verdict
from clientela.web.design.shapes import Badge, Link
from clientela.web.desk.duplicates.words import Line, explained, likely
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts

A_PAGE: Final = 20
_REASONS: Final = 3
KINDS: Final = (Verdict.SAME, Verdict.UNDECIDED, Verdict.HOUSEHOLD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Two cards, how likely they are one person, and the weightiest reasons."""

    first: Client
    second: Client
    likely: Badge
    lines: list[Line]
    url: str


def duplicates(request: DoorRequest, business: str) -> HttpResponse:
    """List what is proposed, of one kind; with how far the comparing has come while it is under way."""
    desk = desk_of(request)
    counts = count_suggestions(business=desk.business, now=desk.now)
    kind = _kind(request.GET.get("kind", ""), counts)
    found = suggestions(business=desk.business, now=desk.now).filter(verdict=kind)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "duplicates/list.html",
        desk,
        place="clients",
        kind=kind.value,
        kinds=_links(desk, counts, kind),
        page=page,
        rows=rows_of(list(page.object_list), desk),
        progress=comparing(business=desk.business),
        toasts=toasts(request),
    )


def rows_of(found: Iterable[Suggestion], desk: Desk) -> list[Row]:
    """Return the pairs as they are drawn. One query, for the contacts."""
    pairs = list(found)
    cards = [card for one in pairs for card in (one.first, one.second)]
    prefetch_related_objects(cards, "identifiers")
    return [
        Row(
            first=one.first,
            second=one.second,
            likely=likely(one.verdict, one.probability),
            lines=list(explained(as_evidence(one.evidence)).speaks_for[:_REASONS]),
            url=pair_url(desk, one.first, one.second),
        )
        for one in pairs
    ]


def pair_url(desk: Desk, first: Client, second: Client) -> str:
    """Where two cards are held side by side."""
    return reverse("desk:duplicate", args=[desk.business.slug, first.pk, second.pk])


def _kind(text: str, counts: Mapping[str, int]) -> Verdict:
    """Return what was asked for; otherwise the first kind of which there is something."""
    if text in KINDS:
        return Verdict(text)
    return next((kind for kind in KINDS if counts.get(kind)), Verdict.SAME)


def _links(desk: Desk, counts: Mapping[str, int], current: Verdict) -> list[Link]:
    labels = {
        Verdict.SAME: _("One person?"),
        Verdict.UNDECIDED: _("Not certain"),
        Verdict.HOUSEHOLD: _("Family or couple?"),
    }
    page = reverse("desk:duplicates", args=[desk.business.slug])
    return [
        Link(
            label=labels[kind],
            url=f"{page}?kind={kind.value}",
            current=kind is current,
            count=counts.get(kind, 0),
        )
        for kind in KINDS
    ]
