"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    """The simulator door."""

    name = "clientela.web.simulator"
    label = "web_simulator"
