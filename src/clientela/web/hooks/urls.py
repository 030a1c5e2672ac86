"""Addresses of the hooks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.hooks.mail import take_mail_news
from clientela.web.hooks.texts import text_in, text_news

app_name = "hooks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("texts/<uuid:gateway_id>/news", text_news, name="text-news"),
    path("texts/<uuid:gateway_id>/in", text_in, name="text-in"),
    path("mail/<slug:provider>/", take_mail_news, name="mail"),
]
