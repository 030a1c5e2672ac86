"""Absorb another card: choose it, see exactly what it would mean, and confirm."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.people.actions.merge_clients import merge_clients
from clientela.people.models import Client, Proof
from clientela.people.queries.merge_plan import MergePlan, merge_plan
from clientela.people.queries.search_clients import matching
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Link
from clientela.web.desk.absorbing.words import differences, moves_told, refused_words, warned
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

FOUND: Final = 8
LONGEST: Final = 100
REFUSED: Final = 409
WRONG: Final = 422


def absorb(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """GET asks which card, and shows what it would mean (``with``); POST does it, if it is still what was shown."""
    desk = desk_of(request)
    into = desk.client(client_id)
    card = _other(desk, into, request.GET.get("with", ""))
    if card is None:
        return _choose(request, desk, into)
    if request.method != "POST":
        return _preview(request, desk, card=card, into=into)
    evidence = request.POST.get("evidence", "")
    try:
        merge = merge_clients(
            card=card,
            into=into,
            proof=Proof.STAFF,
            plan_digest=request.POST.get("plan", ""),
            evidence=evidence,
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        return _preview(request, desk, card=card, into=into, refusal=refusal, evidence=evidence)
    told(request, _("Now it is one card: %(name)s.") % {"name": into.record_name})
    return redirect("desk:merges", business, merge.survivor_id)


def _other(desk: Desk, into: Client, text: str) -> Client | None:
    """The card that is to go: another one of this desk's."""
    try:
        found = desk.client(UUID(text)) if text else None
    except ValueError:
        return None
    return None if found is None or found.pk == into.pk else found


def _choose(request: DoorRequest, desk: Desk, into: Client) -> HttpResponse:
    text = request.GET.get("q", into.record_name).strip()[:LONGEST]
    cards = matching(desk.clients(), text=text).exclude(pk=into.pk)
    found = cards.order_by("search_text", "id").prefetch_related("identifiers")[:FOUND]
    here = reverse("desk:absorb", args=[desk.business.slug, into.pk])
    return desk_page(
        request,
        "absorbing/choose.html",
        desk,
        place="clients",
        into=into,
        text=text,
        found=[(one, f"{here}?with={one.pk}", _contact(one)) for one in found] if text else [],
        crumb_links=crumbs(desk, into, _("Absorb a card")),
    )


def _preview(
    request: DoorRequest,
    desk: Desk,
    *,
    card: Client,
    into: Client,
    refusal: Refusal | None = None,
    evidence: str = "",
) -> HttpResponse:
    """Draw what it would mean, as it stands now; after a refusal with why."""
    plan = merge_plan(card=card, into=into, now=desk.now)
    lacks = refusal is not None and refusal.reason == "evidence-missing"
    status = 200 if refusal is None else WRONG if lacks else REFUSED
    here = reverse("desk:absorb", args=[desk.business.slug, card.pk])
    return desk_page(
        request,
        "absorbing/preview.html",
        desk,
        place="clients",
        status=status,
        card=card,
        into=into,
        plan=plan,
        moves=moves_told(plan.moves),
        moves_words=_moves_words(plan),
        differences=differences(plan.conflicts),
        warnings=warned(plan.warnings),
        barred=refused_words(plan.refusal) if plan.refusal else "",
        refused=refused_words(refusal) if refusal and not lacks else "",
        evidence=evidence,
        evidence_error=refused_words(refusal) if refusal and lacks else "",
        swap_url=f"{here}?with={into.pk}",
        crumb_links=crumbs(desk, into, _("Absorb a card")),
    )


def _moves_words(plan: MergePlan) -> str:
    return ngettext("%(count)s entry comes along", "%(count)s entries come along", plan.total) % {
        "count": plan.total
    }


def _contact(card: Client) -> str:
    return " · ".join(one.written for one in [*card.identifiers.all()][:2])


def crumbs(desk: Desk, card: Client, last: str) -> list[Link]:
    """Where one is: clients, the card, and the page."""
    slug = desk.business.slug
    return [
        Link(label=_("Clients"), url=reverse("desk:clients", args=[slug])),
        Link(label=card.record_name, url=reverse("desk:client-profile", args=[slug, card.pk])),
        Link(label=last, url="", current=True),
    ]
