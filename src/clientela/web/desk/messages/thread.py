"""A thread: what was written both ways, what was sent by itself in between, and the box for an answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.conversations.models import Conversation
from clientela.notify.models import TextGateway, Trouble
from clientela.notify.queries.address_states import state_of
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.reach import SMS
from clientela.people.models import IdentifierKind
from clientela.people.phones import as_read
from clientela.people.queries.search_clients import search_clients
from clientela.policy.door_request import DoorRequest
from clientela.rules.text_segments import measure
from clientela.web.desk.frame import desk_page
from clientela.web.desk.messages.bubbles import bubbles_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.message_words import trouble_words
from clientela.web.states import Audience

LONGEST = 1600
FOUND = 6


def thread(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Show a thread. Asking for the page changes nothing: it says by itself, or by a button, that it was read."""
    desk = desk_of(request)
    return thread_page(request, desk, desk.conversation(conversation_id))


def thread_page(
    request: DoorRequest,
    desk: Desk,
    one: Conversation,
    *,
    typed: str = "",
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the thread; an answer that was refused stands in the box again, with why."""
    gateway = open_gateway(business_id=desk.business.pk)
    days, earlier = bubbles_of(one, desk, before=request.GET.get("before", ""))
    return desk_page(
        request,
        "desk/messages/thread.html",
        desk,
        place="messages",
        status=status,
        thread=one,
        name=one.client.record_name if one.client else as_read(one.address),
        days=days,
        earlier=earlier,
        gateway=gateway,
        typed=typed,
        wrong=wrong,
        number=as_read(one.address),
        longest=LONGEST,
        toasts=toasts(request),
        **_silence(one, gateway),
        **measured(typed, gateway),
        **_who(request, desk, one),
    )


def measured(text: str, gateway: TextGateway | None) -> dict[str, Any]:
    """How many texts an answer takes, and what they are counted with, for the line under the box."""
    if not text or gateway is None:
        return {"size": None}
    size = measure(text)
    return {
        "size": size,
        "cost_minor": size.segments * gateway.price_minor,
        "currency": gateway.currency,
    }


def _silence(one: Conversation, gateway: TextGateway | None) -> dict[str, Any]:
    """Why no answer can be sent, where that is so, and since when."""
    if gateway is None:
        return {"silent": _("No texts can be sent"), "silent_why": _("No gateway is connected.")}
    state = state_of(business_id=one.business_id, channel=SMS, address=one.address)
    if state is None or not state.trouble:
        return {"silent": "", "silent_why": ""}
    words = trouble_words(state.trouble, audience=Audience.STAFF, channel=SMS)
    return {
        "silent": _("No answer can be sent: %(cause)s") % {"cause": words.cause},
        "silent_why": words.next,
        "silent_since": state.since,
        "stopped": state.trouble == Trouble.STOPPED,
    }


def _who(request: DoorRequest, desk: Desk, one: Conversation) -> dict[str, Any]:
    """Whose thread it is; of a number that no single card has, the cards it may belong to."""
    if one.client is not None:
        return {"card": one.client, "found": [], "text": ""}
    text = request.GET.get("q", "").strip()[:100]
    cards = desk.clients()
    if text:
        found = search_clients(text=text, limit=FOUND, cards=cards)
    else:
        same = cards.filter(identifiers__kind=IdentifierKind.PHONE, identifiers__value=one.address)
        found = list(same.prefetch_related("identifiers").distinct()[:FOUND])
    new_card = reverse("desk:new-client", args=[desk.business.slug])
    return {"card": None, "found": found, "text": text, "new_card_url": new_card}
