"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP API."""

    name = "clientela.api"
    label = "api"
