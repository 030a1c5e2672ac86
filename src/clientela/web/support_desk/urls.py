"""Addresses of the support's desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.support_desk.acts import answer, decide, put_aside, read
from clientela.web.support_desk.asked import asked
from clientela.web.support_desk.conversation import conversation
from clientela.web.support_desk.conversations import conversations
from clientela.web.support_desk.requests import requests

app_name = "support"
_ONE = "threads/<uuid:thread_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", requests, name="requests"),
    path("requests/<uuid:request_id>/", asked, name="request"),
    path("requests/<uuid:request_id>/decide/", decide, name="decide"),
    path("threads/", conversations, name="threads"),
    path(_ONE, conversation, name="thread"),
    path(f"{_ONE}answer/", answer, name="answer"),
    path(f"{_ONE}read/", read, name="read"),
    path(f"{_ONE}aside/", put_aside, name="aside"),
]
