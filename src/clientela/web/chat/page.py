"""The page of a conversation, for whoever reads it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from clientela.support.actions.see_thread import see_thread
from clientela.web.chat.browser import give_secret
from clientela.web.chat.lines import days_of
from clientela.web.chat.say_form import FirstForm, SayForm
from clientela.web.help.riddle import riddle_context
from clientela.web.visit.visit import private

if TYPE_CHECKING:
    from datetime import datetime

    from django import forms

    from clientela.support.models import Thread
    from clientela.web.chat.reader import Reader

WRONG: Final = 422
LINES: Final = "lines"
"""What htmx replaces when it looks for answers."""


def new_form(reader: Reader) -> SayForm:
    """Return an empty form of this reader, with a key of its own."""
    kind = FirstForm if reader.is_new else SayForm
    return kind(initial={"key": secrets.token_urlsafe(16)})


def thread_page(
    request: HttpRequest,
    *,
    reader: Reader,
    form: forms.Form,
    at: str = "",
    status: int = 200,
    now: datetime,
) -> HttpResponse:
    """Draw the conversation, or only its lines where a script asks for those; looking at it is having seen it."""
    context: dict[str, Any] = {
        "reader": reader,
        "zone": reader.zone,
        "days": days_of(reader.thread, zone=reader.zone),
        "earlier": [days_of(one, zone=reader.zone) for one in reader.earlier],
    }
    _see(reader.thread, *reader.earlier, now=now)
    if is_about_lines(request):
        return private(render(request, "chat/lines.html", context))
    context |= {"form": form, "at": at, "sign_in_url": sign_in_url()}
    if reader.is_new:
        context |= riddle_context(language=get_language() or "en", now=now)
    response = private(render(request, "chat/thread.html", context, status=status))
    if reader.is_guest and not reader.secret:
        give_secret(response)
    return response


def sign_in_url() -> str:
    """Where a guest signs in and comes back to the conversation, which then is theirs."""
    return f"{reverse('account_login')}?{urlencode({'next': reverse('chat:thread')})}"


def is_about_lines(request: HttpRequest) -> bool:
    """Whether a script looks for answers and wants nothing but the lines."""
    return request.method == "GET" and request.headers.get("HX-Target") == LINES


def _see(*threads: Thread | None, now: datetime) -> None:
    for one in threads:
        if one is not None:
            see_thread(thread=one, now=now)
