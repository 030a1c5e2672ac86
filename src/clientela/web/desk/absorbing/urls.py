"""Addresses of joining and parting; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.absorbing.absorb import absorb
from clientela.web.desk.absorbing.merges import merges
from clientela.web.desk.absorbing.part import answer, part

_CARD = "clients/<uuid:client_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_CARD}absorb/", absorb, name="absorb"),
    path(f"{_CARD}merges/", merges, name="merges"),
    path(f"{_CARD}merges/<uuid:merge_id>/part/", part, name="merge-part"),
    path(f"{_CARD}merges/questions/<uuid:question_id>/", answer, name="merge-answer"),
]
