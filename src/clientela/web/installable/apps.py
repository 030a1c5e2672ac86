"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class InstallableConfig(AppConfig):
    """What makes the pages install to a home screen and open offline."""

    name = "clientela.web.installable"
    label = "web_installable"
