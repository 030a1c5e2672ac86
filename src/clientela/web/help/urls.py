"""Addresses of the help."""

from __future__ import annotations

from django.urls import path

from clientela.web.help.article import article
from clientela.web.help.index import index

app_name = "help"
urlpatterns = [
    path("", index, name="index"),
    path("<slug:article_name>/", article, name="article"),
]
