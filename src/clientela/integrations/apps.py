"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """A business as a file."""

    name = "clientela.integrations"
    label = "integrations"
