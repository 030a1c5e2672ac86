"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class HooksConfig(AppConfig):
    """Where carriers push."""

    name = "clientela.web.hooks"
    label = "web_hooks"
