"""What is done with a thread: answer it, say whose it is, put it aside, mark it as unread."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clientela.conversations.actions.keep_inbox import (
    bring_back,
    link_client,
    mark_read,
    mark_unread,
    put_aside,
)
from clientela.conversations.models import Conversation
from clientela.notify.actions.answer_conversation import answer
from clientela.notify.queries.text_gateways import open_gateway
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.messages.refused import sentence_of
from clientela.web.desk.messages.thread import LONGEST, measured, thread_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

WRONG = 422


def answer_thread(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Send an answer by text; what was typed stays if it cannot be sent."""
    desk = desk_of(request)
    one = desk.conversation(conversation_id)
    typed = request.POST.get("body", "").strip()[:LONGEST]
    if not typed:
        words = _("Write something first.")
        return thread_page(request, desk, one, wrong=words, status=WRONG)
    try:
        answer(conversation=one, body=typed, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        words = sentence_of(refusal)
        return thread_page(request, desk, one, typed=typed, wrong=words, status=WRONG)
    told(request, _("The text is on its way."))
    return redirect("desk:conversation", business, conversation_id)


def measure_answer(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Say how many texts an answer would take, while it is typed. It changes nothing."""
    desk = desk_of(request)
    desk.conversation(conversation_id)
    typed = request.POST.get("body", "").strip()[:LONGEST]
    size = measured(typed, open_gateway(business_id=desk.business.pk))
    return render(request, "desk/messages/measure.html", size)


def link_card(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Say whose thread it is; the number is kept on the card, so that next time it is known."""
    desk = desk_of(request)
    one = desk.conversation(conversation_id)
    card = _card(request.POST.get("client", ""), desk)
    if card is None:
        told(request, _("Choose whose it is."))
        return redirect("desk:conversation", business, conversation_id)
    try:
        _link(one, card, desk)
    except Refusal as refusal:
        told(request, sentence_of(refusal))
        return redirect("desk:conversation", business, conversation_id)
    told(request, _("It is the conversation with %(name)s now.") % {"name": card.record_name})
    return redirect("desk:conversation", business, conversation_id)


def set_aside(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Put a thread aside until the client writes again, or take it back."""
    desk = desk_of(request)
    one = desk.conversation(conversation_id)
    if request.POST.get("choice") == "back":
        bring_back(conversation=one)
        told(request, _("The conversation is among the open ones again."))
    else:
        put_aside(conversation=one, now=desk.now)
        told(request, _("The conversation is put aside until the client writes again."))
    return redirect("desk:messages", business)


def read(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Mark a thread as read, as far as it was shown: what arrived meanwhile stays unread."""
    desk = desk_of(request)
    one = desk.conversation(conversation_id)
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdigit():
        mark_read(conversation=one, seen=int(seen[:9]))
    if request.headers.get("HX-Request"):
        return render(
            request, "desk/messages/seen.html", {"thread": one, "business": desk.business}
        )
    return redirect("desk:messages", business)


def unread(request: DoorRequest, business: str, conversation_id: UUID) -> HttpResponse:
    """Let a thread count as unread, to come back to it."""
    desk = desk_of(request)
    mark_unread(conversation=desk.conversation(conversation_id))
    return redirect("desk:messages", business)


@transaction.atomic
def _link(one: Conversation, card: Client, desk: Desk) -> None:
    has_it = Identifier.objects.filter(
        client=card, kind=IdentifierKind.PHONE, value=one.address
    ).exists()
    if not has_it:
        add_identifier(client=card, phone=one.address, by=desk.actor, now=desk.now)
    link_client(conversation=one, client=card, by=desk.actor, now=desk.now)


def _card(text: str, desk: Desk) -> Client | None:
    """The card that was chosen; none where nothing was. One that is out of reach does not exist."""
    try:
        key = UUID(text[:64])
    except ValueError:
        return None
    return desk.client(key)
