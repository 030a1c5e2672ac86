"""The conversation by the link in a mail: nothing else of the person can be reached by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.support.actions.write_line import write_line
from clientela.support.queries.threads import thread_of
from clientela.web.chat.limits import may_write_by_mail
from clientela.web.chat.page import WRONG, new_form, sign_in_url, thread_page
from clientela.web.chat.reader import Reader, zone_of
from clientela.web.chat.say_form import SENTENCES, SayForm
from clientela.web.visit.visit import private

if TYPE_CHECKING:
    from datetime import datetime

_NOT_FOUND: Final = 404


def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the one conversation the link is of; POST keeps an answer in it. An old link says that it is over."""
    now = clock.now()
    found = thread_of(mail_token=token, now=now)
    if found is None:
        context = {"sign_in_url": sign_in_url()}
        return private(render(request, "chat/link_over.html", context, status=_NOT_FOUND))
    if found.account_id is not None and request.user.pk == found.account_id:
        return redirect("chat:thread")
    reader = Reader(
        account=found.account,
        secret=token,
        zone=zone_of(request, found.account),
        thread=found,
        earlier=(),
    )
    if request.method != "POST":
        return thread_page(request, reader=reader, form=new_form(reader), now=now)
    form = SayForm(request.POST)
    if form.is_valid() and _keep(request, reader, form, now):
        return redirect(request.path)
    return thread_page(request, reader=reader, form=form, status=WRONG, now=now)


def _keep(request: HttpRequest, reader: Reader, form: SayForm, now: datetime) -> bool:
    thread = reader.thread
    if thread is None:
        return False
    if not may_write_by_mail(request, thread_key=str(thread.pk), now=now):
        form.add_error(None, SENTENCES["too-much"])
        return False
    try:
        write_line(
            thread=thread, body=form.cleaned_data["body"], key=form.cleaned_data["key"], now=now
        )
    except Refusal as refusal:
        form.add_error("body", SENTENCES[refusal.reason])
        return False
    return True
