"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class VisitConfig(AppConfig):
    """The pages of one appointment, drawn for two doors; it has no address of its own."""

    name = "clientela.web.visit"
    label = "web_visit"
