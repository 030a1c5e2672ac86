"""The conversation of whoever reads: shown, and written to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line
from clientela.support.thread_links import new_secret
from clientela.web.chat.browser import give_secret
from clientela.web.chat.limits import may_write
from clientela.web.chat.page import WRONG, new_form, thread_page
from clientela.web.chat.reader import Reader, business_from, reader_of
from clientela.web.chat.say_form import SENTENCES, FirstForm, SayForm
from clientela.web.help.riddle import is_human

if TYPE_CHECKING:
    from datetime import datetime


def thread(request: HttpRequest) -> HttpResponse:
    """Show what was written, and the form."""
    now = clock.now()
    reader = reader_of(request, now=now)
    at = request.GET.get("at", "")[:100]
    return thread_page(request, reader=reader, form=new_form(reader), at=at, now=now)


def say(request: HttpRequest) -> HttpResponse:
    """Keep what was written, and show the conversation again; what is refused stays in the form, with why."""
    if request.method != "POST":  # the address of a refused form, opened again
        return redirect("chat:thread")
    now = clock.now()
    reader = reader_of(request, now=now)
    form = (FirstForm if reader.is_new else SayForm)(request.POST)
    holder = replace(reader, secret=reader.secret or new_secret())
    if form.is_valid() and _keep(request, holder, form, now):
        response = redirect("chat:thread")
        if reader.is_guest:
            give_secret(response, secret=holder.secret)
        return response
    at = request.POST.get("at", "")[:100]
    return thread_page(request, reader=reader, form=form, at=at, status=WRONG, now=now)


def _keep(request: HttpRequest, reader: Reader, form: SayForm, now: datetime) -> bool:
    said = form.cleaned_data
    if not may_write(request, reader=reader, now=now):
        form.add_error(None, SENTENCES["too-much"])
        return False
    if reader.is_new and not is_human(request, now=now):
        form.add_error(None, SENTENCES["captcha-missing"])
        return False
    try:
        found = open_thread(
            account=reader.account,
            secret=reader.secret,
            business=business_from(request),
            name=said.get("name", ""),
            email=said.get("email", ""),
            language=get_language() or "en",
            now=now,
        )
        write_line(thread=found, body=said["body"], key=said["key"], now=now)
    except Refusal as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None, SENTENCES[refusal.reason]
        )
        return False
    return True
