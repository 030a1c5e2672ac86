"""The first visit: which messages each business may send. Nothing is chosen beforehand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from clientela.notify.queries.own_ways import own_ways
from clientela.people.actions.activate import activate as activate_cards
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.consent_words import present_words
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.notify_form import NotifyForm, hints
from clientela.web.visit.visit import private


def activate(request: DoorRequest) -> HttpResponse:
    """GET says who asks and what it means, POST keeps the choice as consent and goes on to where they wanted."""
    waiting = [card for card in own_cards(account_id=request.user.pk) if not card.activated_at]
    onward = _onward(request)
    if not waiting:
        return private(HttpResponseRedirect(onward))
    ways = own_ways(cards=waiting)
    texts = any(one.sends_texts for one in ways.values())
    form = NotifyForm(request.POST if request.method == "POST" else None, texts=texts)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        activate_cards(account=request.user, **chosen, by=request.actor, now=clock.now())
        messages.success(request, _("Kept. You can change it under Messages whenever you like."))
        return private(HttpResponseRedirect(onward))
    brands = [brand_of(card.business) for card in waiting]
    return own_page(
        request,
        "client/activate.html",
        current="",
        status=WRONG if form.errors else 200,
        form=form,
        hints=hints(ways[waiting[0].pk] if len(waiting) == 1 else None),
        consent_words=present_words(),
        brands=brands,
        brand=brands[0] if len(brands) == 1 else None,
        next=onward,
    )


def _onward(request: DoorRequest) -> str:
    """Where the person was going, if that is a place of ours; else their appointments."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("client:home")
