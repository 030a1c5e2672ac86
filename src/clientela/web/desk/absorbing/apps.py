"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AbsorbingConfig(AppConfig):
    """Joining two client cards, and parting them again."""

    name = "clientela.web.desk.absorbing"
    label = "web_desk_absorbing"
