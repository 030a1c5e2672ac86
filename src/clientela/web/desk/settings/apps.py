"""The Django app: it holds the templates of the settings."""

from __future__ import annotations

from django.apps import AppConfig


class DeskSettingsConfig(AppConfig):
    """The settings of a business."""

    name = "clientela.web.desk.settings"
    label = "web_desk_settings"
