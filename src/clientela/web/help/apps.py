"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """The help door."""

    name = "clientela.web.help"
    label = "web_help"
