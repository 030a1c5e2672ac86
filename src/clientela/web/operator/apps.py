"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OperatorConfig(AppConfig):
    """The operator door."""

    name = "clientela.web.operator"
    label = "web_operator"
