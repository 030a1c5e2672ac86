"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Who is told what, and why or why not."""

    name = "clientela.notify"
    label = "notify"
