"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WhyConfig(AppConfig):
    """The answer and its checks, drawn for three doors; it has no address of its own."""

    name = "clientela.web.why"
    label = "web_why"
