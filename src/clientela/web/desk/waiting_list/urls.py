"""Addresses of the desk's waiting list; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.waiting_list.listing import remove, waiting_list
from clientela.web.desk.waiting_list.new import new_wait

urlpatterns: list[URLPattern | URLResolver] = [
    path("waiting/", waiting_list, name="waiting"),
    path("waiting/<uuid:waiting_entry_id>/remove/", remove, name="waiting-remove"),
    path("clients/<uuid:client_id>/wait/", new_wait, name="waiting-new"),
]
