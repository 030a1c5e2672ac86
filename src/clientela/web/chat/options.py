"""What the button opens: what may help at once, and "Write to us"."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.platform import clock
from clientela.web.chat.page import sign_in_url
from clientela.web.chat.reader import reader_of
from clientela.web.design.account_tags import address
from clientela.web.help.articles import ARTICLES, BOTH, CLIENTS, STAFF
from clientela.web.visit.visit import private

FITTING: Final = 3


def options(request: HttpRequest) -> HttpResponse:
    """Show the help that fits whoever asks, the two requests only owners can confirm, and the conversation."""
    now = clock.now()
    reader = reader_of(request, now=now)
    for_whom = {STAFF, BOTH} if "desk" in request.GET else {CLIENTS, BOTH}
    fitting = [one for one in ARTICLES if one.reader in for_whom]
    context = {
        "reader": reader,
        "unseen": sum(one.unseen for one in (reader.thread, *reader.earlier) if one),
        "articles": fitting[:FITTING],
        "is_staff": "desk" in request.GET,
        "two_accounts_url": address("client:two-accounts"),
        "household_url": address("client:household"),
        "requests_url": "" if reader.is_guest else address("client:requests"),
        "sign_in_url": sign_in_url(),
        "at": request.GET.get("at", "")[:100],
    }
    return private(render(request, "chat/options.html", context))
