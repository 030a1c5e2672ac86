"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """The setup door."""

    name = "clientela.web.setup"
    label = "web_setup"
