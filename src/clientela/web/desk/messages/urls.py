"""Addresses of the desk's messages; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.messages.acts import (
    answer_thread,
    link_card,
    measure_answer,
    read,
    set_aside,
    unread,
)
from clientela.web.desk.messages.inbox import inbox
from clientela.web.desk.messages.sent import sent
from clientela.web.desk.messages.thread import thread

THREAD = "messages/<uuid:conversation_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("messages/", inbox, name="messages"),
    path("messages/sent/", sent, name="messages-sent"),
    path(THREAD, thread, name="conversation"),
    path(f"{THREAD}answer/", answer_thread, name="conversation-answer"),
    path(f"{THREAD}measure/", measure_answer, name="conversation-measure"),
    path(f"{THREAD}card/", link_card, name="conversation-card"),
    path(f"{THREAD}aside/", set_aside, name="conversation-aside"),
    path(f"{THREAD}read/", read, name="conversation-read"),
    path(f"{THREAD}unread/", unread, name="conversation-unread"),
]
