"""The end of set-up: where everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def done(request: HttpRequest, business: str) -> HttpResponse:
    """Show the two addresses that matter: the clients' and the staff's."""
    context = {"page_url": f"{settings.PUBLIC_URL}/{business}/", "slug": business}
    return render(request, "setup/done.html", context)
