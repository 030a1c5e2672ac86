"""All articles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.web.help.articles import ARTICLES


def index(request: HttpRequest) -> HttpResponse:
    """Show what the help answers."""
    return render(request, "help/index.html", {"articles": ARTICLES})
