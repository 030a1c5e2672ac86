"""What the support does: decide what it may, answer, put aside."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.actions.close_thread import close_thread
from clientela.support.actions.decide_request import decide_request
from clientela.support.actions.see_thread import read_thread
from clientela.support.errors import NothingSaid
from clientela.web.support_desk.asked import request_page, the_request
from clientela.web.support_desk.conversation import LONGEST, conversation_page, the_thread

REFUSED, WRONG = 409, 422


def decide(request: DoorRequest, request_id: UUID) -> HttpResponse:
    """Grant a request, or leave things as they are. Whatever waits for the client is refused."""
    one = the_request(request_id)
    grants = request.POST.get("choice") == "grant"
    try:
        decided = decide_request(request=one, grants=grants, by=request.actor, now=clock.now())
    except Refusal as refusal:
        words = _refusal_words(refusal.reason)
        return request_page(request, the_request(request_id), refused=words, status=REFUSED)
    is_done = decided.state == "done"
    messages.success(
        request, _("The marker is corrected.") if is_done else _("The marker stays as it is.")
    )
    return redirect("support:request", request_id)


def answer(request: DoorRequest, thread_id: UUID) -> HttpResponse:
    """Write to them; the same form sent twice is one answer."""
    one = the_thread(thread_id)
    typed = request.POST.get("body", "")[:LONGEST]
    key = request.POST.get("key", "")[:64]
    try:
        answer_thread(thread=one, body=typed, key=key, by=request.actor, now=clock.now())
    except NothingSaid:
        return conversation_page(
            request, one, typed=typed, wrong=_("Write something first."), status=WRONG
        )
    return redirect("support:thread", thread_id)


def read(request: DoorRequest, thread_id: UUID) -> HttpResponse:
    """Mark a conversation as read, as far as it was shown: what arrived meanwhile stays unread."""
    one = the_thread(thread_id)
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdigit():
        one.unread = int(seen[:9])
        read_thread(thread=one)
    if request.headers.get("HX-Request"):
        return render(request, "support_desk/seen.html", {"thread": one})
    return redirect("support:threads")


def put_aside(request: DoorRequest, thread_id: UUID) -> HttpResponse:
    """Put a conversation aside until they write again."""
    close_thread(thread=the_thread(thread_id), by=request.actor, now=clock.now())
    messages.success(request, _("It is put aside until they write again."))
    return redirect("support:threads")


def _refusal_words(reason: str) -> str:
    words = {
        "client-must-confirm": _(
            "This waits for the client: only they can say it, and nobody can do it for them."
        ),
        "client-said-so": _("The client proved it themselves."),
        "already-so": _("The marker says so already. You can leave it as it is."),
    }
    return words.get(reason, _("It was answered a moment ago. This is how it stands now."))
