"""Which messages I get, business by business, whenever I like."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.notify_form import NotifyForm, hints
from clientela.web.visit.visit import private


def messages(request: DoorRequest) -> HttpResponse:
    """GET shows a question for each business, POST keeps the answer of one."""
    cards = own_cards(account_id=request.user.pk)
    if request.method != "POST":
        return _page(request, cards)
    named = request.POST.get("card", "")
    card = next((one for one in cards if str(one.pk) == named), None)
    if card is None and named:
        raise Http404
    if card is None:
        return _page(request, cards, status=WRONG)
    form = _form(card, request)
    if not form.is_valid():
        return _page(request, cards, refused=(card.pk, form), status=WRONG)
    set_preferences(
        client=card,
        notify_by=form.cleaned_data["notify_by"],
        how=How.PREFERENCES,
        by=request.actor,
        now=clock.now(),
    )
    said = _("Kept for %(business)s.") % {"business": card.business.name}
    toasts.success(request, said)
    return private(redirect("client:messages"))


def _form(card: Client, request: DoorRequest | None = None) -> NotifyForm:
    return NotifyForm(
        request.POST if request else None,
        initial={"notify_by": card.notify_by},
        auto_id=f"id_{card.pk}_%s",
    )


def _page(
    request: DoorRequest,
    cards: list[Client],
    *,
    refused: tuple[UUID, NotifyForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong, wrong_form = refused or (None, None)
    rows = [
        {
            "card": card,
            "brand": brand_of(card.business),
            "form": wrong_form if card.pk == wrong else _form(card),
        }
        for card in cards
    ]
    return own_page(
        request,
        "client/messages.html",
        current="messages",
        status=status,
        rows=rows,
        hints=hints(),
    )
