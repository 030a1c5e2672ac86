"""Addresses of the desk's duplicates; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.duplicates.decide import decide
from clientela.web.desk.duplicates.hint import hint
from clientela.web.desk.duplicates.listing import duplicates
from clientela.web.desk.duplicates.pair import duplicate

PAIR = "clients/duplicates/<uuid:first_id>/<uuid:second_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("clients/duplicates/", duplicates, name="duplicates"),
    path("clients/duplicates/hint/", hint, name="duplicate-hint"),
    path(PAIR, duplicate, name="duplicate"),
    path(f"{PAIR}decide/", decide, name="duplicate-decide"),
]
