"""The installation's addresses, and the peer that B3 is held against.

The peer stands behind the same middleware and the same gate; it does one ``.values()`` read and
answers a constant of the size that ours answers.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from clientela.catalogue.models import Service
from clientela.policy.rule import public
from clientela.policy.table import TABLE
from clientela.urls import urlpatterns as shipped

ANSWER = (
    b'{"zone":"Europe/Madrid","starts":['
    + b",".join([b'"2033-03-07T09:00:00+01:00"'] * 330)
    + b"]}"
)


def peer(request: HttpRequest, business: str, service: str) -> HttpResponse:  # noqa: ARG001 -- a view
    """Read one row and answer."""
    Service.objects.filter(pk=service).values("id", "name", "duration_minutes").get()
    return HttpResponse(ANSWER, content_type="application/json")


TABLE["peer"] = public()
urlpatterns = [
    path("api/v1/businesses/<slug:business>/peer/<uuid:service>", peer, name="peer"),
    *shipped,
]
