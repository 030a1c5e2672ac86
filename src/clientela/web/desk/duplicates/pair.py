"""Two cards side by side: what each says, what speaks for one person and what against, and what to do."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.people.models import Client
from clientela.people.queries.last_word import last_word
from clientela.people.queries.likeness_between import likeness_between
from clientela.policy.door_request import DoorRequest
from clientela.rules.client_match import explain
from clientela.web.design.shapes import Link
from clientela.web.desk.duplicates.sides import side_of, times_together
from clientela.web.desk.duplicates.words import THOUSAND, explained, likely, word_said
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts


def duplicate(request: DoorRequest, business: str, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Show two cards beside each other. Asking changes nothing."""
    desk = desk_of(request)
    first, second = desk.client(first_id), desk.client(second_id)
    if first.pk == second.pk:  # one has become part of the other
        return redirect("desk:client", business, first.pk)
    likeness = likeness_between(first=first, second=second, now=desk.now)
    said = last_word(first=first, second=second)
    return desk_page(
        request,
        "duplicates/pair.html",
        desk,
        place="clients",
        crumb_links=_crumbs(desk, first, second),
        sides=(side_of(desk, first, beside=second), side_of(desk, second, beside=first)),
        likely=likely(likeness.verdict, round(likeness.probability * THOUSAND)),
        explained=explained(explain(likeness)),
        together=times_together(first, second),
        said=word_said(said, zone=desk.zone) if said else None,
        decide_url=reverse("desk:duplicate-decide", args=[business, first.pk, second.pk]),
        toasts=toasts(request),
    )


def _crumbs(desk: Desk, first: Client, second: Client) -> list[Link]:
    slug = desk.business.slug
    names = _("%(one)s and %(other)s") % {"one": first.record_name, "other": second.record_name}
    return [
        Link(label=_("Clients"), url=reverse("desk:clients", args=[slug])),
        Link(label=_("Duplicates"), url=reverse("desk:duplicates", args=[slug])),
        Link(label=names, url="", current=True),
    ]
