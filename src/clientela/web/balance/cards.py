"""The payment card that a business keeps of me."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.checkout.actions.remove_card import remove_card as remove
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.balance.own import own_kept_card
from clientela.web.visit.visit import private


def remove_card(request: DoorRequest, card_id: UUID) -> HttpResponse:
    """Let go of it: it can be charged for nothing from now on."""
    kept = own_kept_card(request, card_id)
    remove(card=kept, by=request.actor, now=clock.now())
    messages.success(request, _("The card is removed. It can be charged no more."))
    return private(redirect("balance:business", kept.business.slug))
