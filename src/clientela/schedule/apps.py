"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    """Who works when."""

    name = "clientela.schedule"
    label = "schedule"
