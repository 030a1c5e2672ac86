"""My profile: what I say about myself, and who is told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from clientela.accounts.queries.addresses import addresses_of
from clientela.booking.queries.own_appointments import own_appointments
from clientela.people.actions.change_own_profile import change_own_profile
from clientela.people.models import Client
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.profile_form import ProfileForm
from clientela.web.client.reasons import put_refusal
from clientela.web.visit.visit import private


def profile(request: DoorRequest) -> HttpResponse:
    """GET shows it, POST keeps it: here, and phone and birthday on the card of each business."""
    cards = own_cards(account_id=request.user.pk)
    given = request.POST if request.method == "POST" else None
    form = ProfileForm(given, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_own_profile(
                account=request.user, **form.cleaned_data, by=request.actor, now=clock.now()
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return _kept(request, cards, language=form.cleaned_data["language"])
    return own_page(
        request,
        "client/profile.html",
        current="profile",
        status=WRONG if form.errors else 200,
        form=form,
        addresses=addresses_of(account=request.user),
        appointments=own_appointments(account_id=request.user.pk, now=clock.now()),
        cards=[{"card": card, "brand": brand_of(card.business)} for card in cards],
    )


def _kept(request: DoorRequest, cards: list[Client], *, language: str) -> HttpResponse:
    """Say who got it; a language that was chosen holds from this answer on."""
    answer = private(redirect("client:profile"))
    if language:
        translation.activate(language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    names = ", ".join(card.business.name for card in cards)
    said = _("Kept. Your phone and birthday are up to date at: %(names)s.") % {"names": names}
    messages.success(request, said if cards else _("Kept."))
    return answer
