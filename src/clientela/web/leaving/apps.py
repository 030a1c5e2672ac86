"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """Taking one's data along, and ending an account."""

    name = "clientela.web.leaving"
    label = "web_leaving"
