"""Addresses of the support's chat."""

from __future__ import annotations

from django.urls import path

from clientela.web.chat.by_mail import by_mail
from clientela.web.chat.options import options
from clientela.web.chat.thread import say, thread

app_name = "chat"
urlpatterns = [
    path("", options, name="open"),
    path("write/", thread, name="thread"),
    path("write/say/", say, name="say"),
    path("by-mail/<str:token>/", by_mail, name="by-mail"),
]
