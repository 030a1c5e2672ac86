"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What people say of the help."""

    name = "clientela.support"
    label = "support"
