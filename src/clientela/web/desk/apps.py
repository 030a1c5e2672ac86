"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk door."""

    name = "clientela.web.desk"
    label = "web_desk"
