"""Which messages I get, business by business, whenever I like; and on which devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.notify.queries.own_ways import OwnWays, own_ways
from clientela.notify.reach import SMS
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How
from clientela.people.phones import as_read
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.consent_words import present_words
from clientela.web.client.evidence import evidence
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.notify_form import PreferencesForm, hints
from clientela.web.client.push_devices import push_context
from clientela.web.message_words import trouble_words
from clientela.web.reading_zone import zone_of
from clientela.web.states import Audience
from clientela.web.visit.visit import private

Refused = tuple[UUID, PreferencesForm]


def messages(request: DoorRequest) -> HttpResponse:
    """GET shows a question for each business, POST keeps the answers of one."""
    cards = own_cards(account_id=request.user.pk)
    ways = own_ways(cards=cards)
    if request.method != "POST":
        return _page(request, cards, ways)
    named = request.POST.get("card", "")
    card = next((one for one in cards if str(one.pk) == named), None)
    if card is None and named:
        raise Http404
    if card is None:
        return _page(request, cards, ways, status=WRONG)
    form = _form(card, ways, request)
    if not form.is_valid():
        return _page(request, cards, ways, refused=(card.pk, form), status=WRONG)
    set_preferences(
        client=card, **form.said(), how=How.PREFERENCES, by=request.actor, now=clock.now()
    )
    said = _("Kept for %(business)s.") % {"business": card.business.name}
    toasts.success(request, said)
    return private(redirect("client:messages"))


def _form(
    card: Client, ways: Mapping[UUID, OwnWays], request: DoorRequest | None = None
) -> PreferencesForm:
    return PreferencesForm(
        request.POST if request else None,
        card=card,
        ways=ways[card.pk],
        auto_id=f"id_{card.pk}_%s",
    )


def _page(
    request: DoorRequest,
    cards: Sequence[Client],
    ways: Mapping[UUID, OwnWays],
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong, wrong_form = refused or (None, None)
    said = evidence(cards=cards, zone=zone_of(request))
    rows = [
        {
            "card": card,
            "brand": brand_of(card.business),
            "form": wrong_form if card.pk == wrong else _form(card, ways),
            "is_wrong": card.pk == wrong,
            "hints": hints(ways[card.pk]),
            "said": said[card.pk],
            **_number(card, ways[card.pk]),
        }
        for card in cards
    ]
    return own_page(
        request,
        "client/messages.html",
        current="messages",
        status=status,
        rows=rows,
        consent_words=present_words(),
        zone=zone_of(request),
        **push_context(request),
    )


def _number(card: Client, ways: OwnWays) -> dict[str, Any]:
    """Why no text can come to the number, and by which text back it starts again; nothing where texts are no matter."""
    sms = ways.sms
    if not ways.sends_texts:
        return {}
    if not sms.address:
        return {"has_no_number": True}
    if not sms.trouble:
        return {}
    answers = sms.trouble == "stopped" and ways.answer_to
    return {
        "number": as_read(sms.address),
        "trouble": trouble_words(sms.trouble, audience=Audience.CLIENT, channel=SMS),
        "start_to": as_read(ways.answer_to) if answers else "",
        "start_link": f"sms:{ways.answer_to}?body=START" if answers else "",
    }
