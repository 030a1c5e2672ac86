"""Finds what is the signed-in person's own, or answers 404: somebody else's looks like none at all.

What follows a find runs in the scope of its business.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.catalogue.queries.sold_packages import may_buy_alone, with_covered
from clientela.checkout.models import KeptCard
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import in_household
from clientela.people.queries.living_cards import living_cards
from clientela.platform.tenancy import business_scope, system_scope
from clientela.policy.door_request import DoorRequest


def own_card(request: DoorRequest, slug: str) -> Client:
    """Return the person's card at a business; it says of itself whether it is in a household (``has_family``)."""
    card = _cards(request).filter(business__slug=slug).annotate(has_family=in_household()).first()
    if card is None:
        raise Http404
    _enter(request, card.business_id)
    return card


def own_sale(request: DoorRequest, sale_id: UUID) -> Sale:
    """Return what was sold to the person."""
    sale = (
        shown_only(Sale.objects.filter(pk=sale_id, client__account_id=request.user.pk))
        .select_related("business", "client", "package", "service", "grant")
        .first()
    )
    if sale is None:
        raise Http404
    _enter(request, sale.business_id)
    return sale


def own_kept_card(request: DoorRequest, card_id: UUID) -> KeptCard:
    """Return the payment card that is kept of the person."""
    kept = (
        KeptCard.objects.filter(
            pk=card_id, client__account_id=request.user.pk, removed_at__isnull=True
        )
        .select_related("business", "client")
        .first()
    )
    if kept is None:
        raise Http404
    _enter(request, kept.business_id)
    return kept


def package_for(request: DoorRequest, package_id: UUID) -> tuple[Package, Client | None]:
    """Return a package that the person may buy alone, and their card at its business if they have one."""
    with system_scope("a package that is offered to whoever is signed in"):
        package = (
            with_covered(Package.objects.filter(pk=package_id)).select_related("business").first()
        )
    if package is None or not package.business.is_open:
        raise Http404
    card = _cards(request).filter(business=package.business_id).first()
    if not may_buy_alone(package=package, is_client=card is not None):
        raise Http404
    _enter(request, package.business_id)
    return package, card


def businesses_of(request: DoorRequest) -> list[Business]:
    """Return where the person is a client, by name."""
    return [card.business for card in _cards(request).order_by("business__name", "business_id")]


def _cards(request: DoorRequest) -> QuerySet[Client]:
    return living_cards().filter(account_id=request.user.pk).select_related("business")


def _enter(request: DoorRequest, business_id: UUID) -> None:
    request.scopes.enter_context(business_scope(business_id))
